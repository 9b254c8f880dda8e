package io.voicebus.http.door;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.voicebus.bus.Bus;
import io.voicebus.bus.Clock;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.LateTimers;
import io.voicebus.http.wire.Problem;
import io.voicebus.http.wire.ProblemException;
import io.voicebus.http.wire.ProblemMapping;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Reads one request's body as raw bytes, within a limit and a time. A body that is refused is
 * answered at once; what still comes of it is thrown away for a while, since a client that is cut
 * off while it writes may never see the answer.
 */
final class RequestBody {
  private final Vertx vertx;
  private final HttpServerRequest request;
  private final RequestBodies bodies;
  private final long limit;
  private final ProblemException tooLarge;
  private final Promise<byte[]> promise = Promise.promise();
  private Buffer body = Buffer.buffer();
  private long received;

  RequestBody(
      Vertx vertx,
      HttpServerRequest request,
      RequestBodies bodies,
      long limit,
      ProblemException tooLarge) {
    this.vertx = vertx;
    this.request = request;
    this.bodies = bodies;
    this.limit = limit;
    this.tooLarge = tooLarge;
  }

  /** As {@link RequestBodies#read}. */
  Future<byte[]> read(Duration patience, @Nullable ProblemException refusal) {
    Bus.Timer timer = LateTimers.after(vertx, Clock.system(), patience.toNanos(), this::late);
    request.handler(this::piece);
    request.endHandler(
        ignored -> {
          timer.cancel();
          byte[] whole = body.getBytes();
          letGo();
          promise.tryComplete(whole);
        });
    request.exceptionHandler(
        gone -> {
          timer.cancel();
          fail(broken());
        });
    begin(refusal);
    return promise.future();
  }

  private void begin(@Nullable ProblemException refusal) {
    String header = request.getHeader("Content-Length");
    long length = header == null ? 0 : Long.parseLong(header);
    ProblemException refused =
        refusal != null
            ? refusal
            : length > limit ? tooLarge : bodies.room(length) ? null : RequestBodies.full();
    if (refused != null) {
      fail(refused);
    } else {
      ExpectedBody.meet(request);
    }
  }

  private void piece(Buffer piece) {
    received += piece.length();
    if (promise.future().isComplete()) {
      if (received > limit + RequestBodies.MAX_DISCARDED_BYTES) {
        ConnectionWatch.abort(request.connection());
      }
    } else if (received > limit) {
      fail(tooLarge);
    } else if (!bodies.room(piece.length())) {
      fail(RequestBodies.full());
    } else {
      bodies.take(piece.length());
      body.appendBuffer(piece);
    }
  }

  private void fail(Throwable why) {
    letGo();
    promise.tryFail(why);
  }

  /** Its client has gone, or has sent chunks that are none: nothing after them can be read. */
  private static ProblemException broken() {
    return ProblemMapping.of(
            FailureKind.INVALID_REQUEST, "the body breaks off, or its chunks are not well-formed")
        .withHeader("Connection", "close")
        .toException();
  }

  private void letGo() {
    bodies.release(body.length());
    body = Buffer.buffer();
  }

  private void late() {
    if (promise.future().isComplete()) {
      ConnectionWatch.abort(request.connection());
    } else {
      fail(
          new Problem("request-timeout", "The request took too long", 408, "send the body faster")
              .withHeader("Connection", "close")
              .toException());
      request.connection().close();
    }
  }
}
