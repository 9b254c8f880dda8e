package io.voicebus.emulators;

import io.vertx.core.json.JsonArray;
import java.util.HashMap;
import java.util.Map;

/**
 * A response that is no stream.
 *
 * @param status of HTTP, not 2xx
 * @param contentType of the body
 * @param body may be empty
 * @param headers besides
 */
public record GeminiRefusal(
    int status, String contentType, String body, Map<String, String> headers) {

  public GeminiRefusal {
    headers = Map.copyOf(headers);
  }

  /** Without further headers. */
  public GeminiRefusal(int status, String contentType, String body) {
    this(status, contentType, body, Map.of());
  }

  /** With one more header, like {@code retry-after}. */
  public GeminiRefusal with(String header, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(header, value);
    return new GeminiRefusal(status, contentType, body, more);
  }

  /** The usual form: one object. */
  public static GeminiRefusal object(GeminiError error) {
    return new GeminiRefusal(
        error.code(), "application/json; charset=UTF-8", error.json().encodePrettily() + "\n");
  }

  /** The other form: an array with one object. */
  public static GeminiRefusal array(GeminiError error) {
    return new GeminiRefusal(
        error.code(),
        "application/json; charset=UTF-8",
        new JsonArray().add(error.json()).encodePrettily() + "\n");
  }

  /** What a proxy in front of the service says. */
  public static GeminiRefusal html(int status, String title) {
    return new GeminiRefusal(
        status,
        "text/html; charset=UTF-8",
        "<!DOCTYPE html>\n<html lang=en><title>Error "
            + status
            + " ("
            + title
            + ")!!1</title>\n<p><b>"
            + status
            + ".</b> <ins>That’s an error.</ins>\n");
  }
}
