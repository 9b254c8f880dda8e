package io.voicebus.emulators;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A response that is no answer.
 *
 * @param error gets its shape from the emulator's flavour; nothing where {@code body} is sent as it
 *     stands
 * @param status of HTTP, for {@code body}
 * @param contentType of {@code body}
 * @param body may be empty
 * @param headers besides
 */
public record OpenAiRefusal(
    @Nullable OpenAiError error,
    int status,
    String contentType,
    String body,
    Map<String, String> headers) {

  public OpenAiRefusal {
    headers = Map.copyOf(headers);
  }

  /** An error in the shape of the emulator's flavour. */
  public static OpenAiRefusal of(OpenAiError error) {
    return new OpenAiRefusal(error, error.status(), "application/json", "", Map.of());
  }

  /** What a proxy in front of the service says. */
  public static OpenAiRefusal html(int status, String title) {
    return raw(
        status,
        "text/html; charset=UTF-8",
        "<html><head><title>" + status + " " + title + "</title></head></html>\n");
  }

  /** Any body; also with status 200, as a proxy may send it. */
  public static OpenAiRefusal raw(int status, String contentType, String body) {
    return new OpenAiRefusal(null, status, contentType, body, Map.of());
  }

  /**
   * With one more header, like {@code retry-after} (seconds or a date) or {@code retry-after-ms}.
   */
  public OpenAiRefusal with(String header, String value) {
    Map<String, String> more = new TreeMap<>(headers);
    more.put(header, value);
    return new OpenAiRefusal(error, status, contentType, body, more);
  }
}
