package io.voicebus.http.openai;

import io.voicebus.http.api.Invalid;
import io.voicebus.http.api.RequestJson;
import java.util.ArrayList;
import java.util.List;

/** Reads where a client wants an answer to end. */
public final class Limits {
  private static final String STOP = "stop";

  /** As many as OpenAI takes; Gemini takes one more. */
  private static final int MAX_STOPS = 4;

  private static final int MAX_STOP_CHARS = 1_000;

  private Limits() {}

  /**
   * A number of tokens.
   *
   * @return 0 for nothing
   * @throws io.voicebus.http.wire.ProblemException 400
   */
  public static int tokens(RequestJson json, String name) {
    Object value = json.value(name).orElse(null);
    if (value == null) {
      return 0;
    }
    if (value instanceof Integer tokens && tokens > 0) {
      return tokens;
    }
    throw Invalid.field(
        json.path(name), "'" + json.path(name) + "' must be a whole number of tokens, at least 1");
  }

  /**
   * The texts before which an answer ends: a string or a list of strings.
   *
   * @throws io.voicebus.http.wire.ProblemException 400
   */
  static List<String> stop(RequestJson json) {
    Object value = json.value(STOP).orElse(null);
    if (value == null) {
      return List.of();
    }
    Iterable<?> all = value instanceof String ? List.of(value) : json.list(STOP);
    List<String> stops = new ArrayList<>();
    for (Object one : all) {
      if (!(one instanceof String text) || text.isEmpty() || text.length() > MAX_STOP_CHARS) {
        throw Invalid.field(
            STOP,
            "'stop' must be a text of 1 to " + MAX_STOP_CHARS + " letters, or a list of them");
      }
      stops.add(RequestJson.whole(STOP, text));
    }
    if (stops.size() > MAX_STOPS) {
      throw Invalid.field(STOP, "'stop' has more than " + MAX_STOPS + " texts");
    }
    return stops;
  }
}
