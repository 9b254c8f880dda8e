package io.voicebus.bus;

/**
 * What went wrong, classified once. The same kind becomes a bus failure, a problem type over HTTP,
 * an exit code of the command line and the label of a metric.
 *
 * <p>The order is part of the wire format: add new kinds at the end. A kind that a node does not
 * know decodes as {@link #INTERNAL}, the first.
 */
public enum FailureKind {
  /** A fault of ours. */
  INTERNAL(false),
  /** The request cannot be served as it is: the caller must change it. */
  INVALID_REQUEST(false),
  /** A key is missing or wrong. */
  UNAUTHENTICATED(false),
  /** Too much at once, here or at a service: the same request may succeed later. */
  RATE_LIMITED(true),
  /** Paid credits or a daily allowance are used up. */
  QUOTA(false),
  /** Not available now: not deployed, not reachable, or overloaded. */
  UNAVAILABLE(true),
  /** An answer did not come within its limit. */
  TIMEOUT(true),
  /** Someone asked for the end. Not an error. */
  CANCELLED(false),
  /** A message of a stream was lost on the way, or the node at its other end died. */
  LOST(true),
  /** A service refused the content. */
  BLOCKED(false),
  /** No such turn, voice or model. */
  NOT_FOUND(false),
  /** A buffer's named limit was passed. */
  TOO_LARGE(false);

  private final boolean retryable;

  FailureKind(boolean retryable) {
    this.retryable = retryable;
  }

  /** Whether the same attempt, unchanged, may succeed later or elsewhere. */
  public boolean retryable() {
    return retryable;
  }
}
