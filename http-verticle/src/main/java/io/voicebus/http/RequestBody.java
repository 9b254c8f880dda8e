package io.voicebus.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;

/**
 * Reads a request's body as raw bytes, whatever its content type says, within a limit and a time. A
 * body over the limit is answered at once; what still comes is thrown away for a while, since a
 * client that is cut off while it writes may never see the answer.
 */
final class RequestBody {
  /** What is thrown away of a body over its limit before the connection is broken off. */
  static final long MAX_DISCARDED_BYTES = 16L * 1024 * 1024;

  private final Vertx vertx;
  private final HttpServerRequest request;
  private final long maxBytes;
  private final ProblemException tooLarge;
  private final Promise<byte[]> promise = Promise.promise();
  private Buffer body = Buffer.buffer();
  private long received;

  private RequestBody(
      Vertx vertx, HttpServerRequest request, long maxBytes, ProblemException tooLarge) {
    this.vertx = vertx;
    this.request = request;
    this.maxBytes = maxBytes;
    this.tooLarge = tooLarge;
  }

  /**
   * Reads; to be called before anything asynchronous.
   *
   * @param patience how long the body may take
   * @param tooLarge the failure of a body over the limit
   */
  static Future<byte[]> read(
      Vertx vertx,
      HttpServerRequest request,
      long maxBytes,
      Duration patience,
      ProblemException tooLarge) {
    RequestBody reading = new RequestBody(vertx, request, maxBytes, tooLarge);
    long timer = vertx.setTimer(patience.toMillis(), ignored -> reading.late());
    request.handler(reading::piece);
    request.endHandler(
        ignored -> {
          vertx.cancelTimer(timer);
          reading.promise.tryComplete(reading.body.getBytes());
        });
    request.exceptionHandler(
        gone -> {
          vertx.cancelTimer(timer);
          reading.promise.tryFail(gone);
        });
    reading.begin();
    return reading.promise.future();
  }

  private void begin() {
    String length = request.getHeader("Content-Length");
    boolean asks = "100-continue".equalsIgnoreCase(request.getHeader("Expect"));
    if (length != null && Long.parseLong(length) > maxBytes) {
      promise.tryFail(tooLarge);
      if (asks) {
        // The client keeps the body to itself now: what comes after the answer is not the body.
        vertx.runOnContext(ignored -> request.connection().close());
      }
    } else if (asks) {
      request.response().writeContinue();
    }
  }

  private void piece(Buffer piece) {
    received += piece.length();
    if (received <= maxBytes && !promise.future().isComplete()) {
      body.appendBuffer(piece);
      return;
    }
    body = Buffer.buffer();
    promise.tryFail(tooLarge);
    if (received > maxBytes + MAX_DISCARDED_BYTES) {
      ConnectionWatch.abort(request.connection());
    }
  }

  private void late() {
    if (promise.future().isComplete()) {
      ConnectionWatch.abort(request.connection());
    } else {
      promise.tryFail(
          new Problem("request-timeout", "The request took too long", 408, "send the body faster")
              .withHeader("Connection", "close")
              .toException());
      request.connection().close();
    }
  }
}
