package io.voicebus.http.door;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.voicebus.http.wire.Problem;
import io.voicebus.http.wire.ProblemException;
import io.voicebus.http.wire.ProblemMapping;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads the bodies of one server's requests, which together may hold so many bytes. NOT thread
 * safe: bound to the server's context.
 */
public final class RequestBodies {
  /**
   * All bodies under way together, or a 16th of the heap, if that is less; the longest one that is
   * allowed always has room alone.
   */
  public static final long MAX_BYTES =
      Math.min(64L * 1024 * 1024, Runtime.getRuntime().maxMemory() / 16);

  /** What is thrown away of a body over its limit before the connection is broken off. */
  public static final long MAX_DISCARDED_BYTES = 16L * 1024 * 1024;

  private final Vertx vertx;
  private final Duration patience;
  private final long maxBytes;
  private final AtomicLong bytes;

  /**
   * Bodies of a server.
   *
   * @param patience how long one may take
   * @param longest the longest that any endpoint allows
   * @param bytes that are held by all instances of the server
   */
  public RequestBodies(Vertx vertx, Duration patience, long longest, AtomicLong bytes) {
    this.bytes = bytes;
    this.vertx = vertx;
    this.patience = patience;
    this.maxBytes = Math.max(MAX_BYTES, longest);
  }

  /**
   * Reads; to be called before anything asynchronous.
   *
   * @param limit the longest body
   * @param tooLarge the failure of a body over it
   * @param refusal why this body is not wanted: it is answered before it is read; else null
   */
  public Future<byte[]> read(
      HttpServerRequest request,
      long limit,
      ProblemException tooLarge,
      @Nullable ProblemException refusal) {
    return new RequestBody(vertx, request, this, limit, tooLarge).read(patience, refusal);
  }

  /** Whether there is room for so many more bytes now. */
  boolean room(long more) {
    return bytes.get() + more <= maxBytes;
  }

  /** Counts bytes that are held. */
  void take(long more) {
    bytes.addAndGet(more);
  }

  /** Counts bytes that are held no more. */
  void release(long held) {
    bytes.addAndGet(-held);
  }

  static ProblemException full() {
    return new Problem(
            "rate-limited",
            "Too much at once",
            503,
            "there are too many long prompts on their way here: try again in a moment")
        .withHeader("Retry-After", ProblemMapping.RETRY_AFTER)
        .toException();
  }
}
