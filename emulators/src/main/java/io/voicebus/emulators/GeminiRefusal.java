package io.voicebus.emulators;

import io.vertx.core.json.JsonArray;

/**
 * A response that is no stream.
 *
 * @param status of HTTP, not 2xx
 * @param contentType of the body
 * @param body may be empty
 */
public record GeminiRefusal(int status, String contentType, String body) {

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
