package io.voicebus.emulators;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

/** Bytes on their way into a response, cut as a script says. */
final class Pieces {
  private Pieces() {}

  /**
   * Writes bytes.
   *
   * @param cutBytes bytes of one piece; 0 for all in one
   * @return once the last piece is written
   */
  static Future<Void> write(HttpServerResponse response, byte[] bytes, int cutBytes) {
    if (cutBytes == 0 || bytes.length <= cutBytes) {
      return response.write(Buffer.buffer(bytes));
    }
    Future<Void> written = Future.succeededFuture();
    for (int at = 0; at < bytes.length; at += cutBytes) {
      int length = Math.min(cutBytes, bytes.length - at);
      written = response.write(Buffer.buffer(length).appendBytes(bytes, at, length));
    }
    return written;
  }
}
