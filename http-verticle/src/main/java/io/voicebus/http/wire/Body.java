package io.voicebus.http.wire;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

/** Ends responses whose body is whole; the answer to {@code HEAD} has its length, too. */
public final class Body {
  private Body() {}

  /** Ends with these bytes. */
  public static Future<Void> end(HttpServerResponse response, Buffer body) {
    // Vert.x leaves the body of an answer to HEAD out, and would leave its length out as well.
    response.putHeader("Content-Length", String.valueOf(body.length()));
    return response.end(body);
  }

  /** Ends with this text, in UTF-8. */
  public static Future<Void> end(HttpServerResponse response, String text) {
    return end(response, Buffer.buffer(text));
  }

  /** Ends with this JSON. */
  public static Future<Void> json(HttpServerResponse response, JsonText json) {
    return json(response, json.toString());
  }

  /** Ends with this text, which is JSON. */
  public static Future<Void> json(HttpServerResponse response, String json) {
    return end(response.putHeader("Content-Type", "application/json"), json);
  }
}
