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
 * Reads the bodies of requests, within a limit for all bodies together. NOT thread safe: bound to
 * the server's context.
 */
public final class RequestBodies {
  /**
   * The limit in bytes for all bodies that are being read, a 16th of the heap at most. A single
   * body of the longest allowed size always has room.
   */
  public static final long MAX_BYTES =
      Math.min(64L * 1024 * 1024, Runtime.getRuntime().maxMemory() / 16);

  /**
   * How many bytes of a body over its limit are read and discarded before the connection is closed.
   */
  public static final long MAX_DISCARDED_BYTES = 16L * 1024 * 1024;

  private final Vertx vertx;
  private final Duration patience;
  private final long maxBytes;
  private final AtomicLong bytes;

  /**
   * Creates the reader of one instance.
   *
   * @param patience how long a body may take to arrive
   * @param longest size of the longest body that any endpoint allows, in bytes
   * @param bytes counts the bytes that all instances of the server hold
   */
  public RequestBodies(Vertx vertx, Duration patience, long longest, AtomicLong bytes) {
    this.bytes = bytes;
    this.vertx = vertx;
    this.patience = patience;
    this.maxBytes = Math.max(MAX_BYTES, longest);
  }

  /**
   * Reads a body. Call it before anything asynchronous.
   *
   * @param limit size of the longest body in bytes
   * @param tooLarge the failure for a longer body
   * @param refusal a reason to refuse the request before its body is read; null for none
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
