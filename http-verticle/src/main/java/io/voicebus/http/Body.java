package io.voicebus.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

/** Ends responses whose body is whole; the answer to {@code HEAD} has its length, too. */
final class Body {
  private Body() {}

  static Future<Void> end(HttpServerResponse response, Buffer body) {
    // Vert.x leaves the body of an answer to HEAD out, and would leave its length out as well.
    response.putHeader("Content-Length", String.valueOf(body.length()));
    return response.end(body);
  }

  static Future<Void> end(HttpServerResponse response, String text) {
    return end(response, Buffer.buffer(text));
  }

  static Future<Void> json(HttpServerResponse response, JsonText json) {
    return json(response, json.toString());
  }

  static Future<Void> json(HttpServerResponse response, String json) {
    return end(response.putHeader("Content-Type", "application/json"), json);
  }
}
