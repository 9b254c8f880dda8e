package io.voicebus.queue;

import java.time.Duration;

/** The named bounds and intervals of the work queue. */
final class JobLimits {
  private JobLimits() {}

  /** The shortest time that an offer waits for its answer; longer where answers take longer … */
  static final Duration ANSWER = Duration.ofMillis(100);

  /** … and the longest. */
  static final Duration ANSWER_MAX = Duration.ofSeconds(2);

  /**
   * After this time without progress, while its result is due, a job is offered to a worker that
   * can begin at once, if there is one. Services send their first byte in well under a second, and
   * a listener notices one second of silence. The time doubles with each such withdrawal, so that
   * slow work is not begun again and again.
   */
  static final Duration DEADLINE = Duration.ofSeconds(3);

  /** How often a job is withdrawn from a worker that makes no progress. */
  static final int REISSUES = 2;

  /** The number of temporary failures after which a job has failed for good. */
  static final int FAILURES = 3;

  /**
   * The pause after the second attempt that produced nothing, in a turn of which something was
   * spoken before; it doubles with each further attempt. There is none after the first.
   */
  static final Duration REST = Duration.ofMillis(500);

  /**
   * The longest such pause while the result is not due. These failures do not count: a listener
   * that has audio left does not notice an outage that ends before its audio does.
   */
  static final Duration MOST_REST = Duration.ofSeconds(4);

  /** The number of such failures of a job that is due, after which it has failed for good. */
  static final int LATE_FAILURES = 5;

  /** The most attempts at a job, however they end; offers that were not accepted do not count. */
  static final int ATTEMPTS = 10;

  /** How long a job is not offered to the worker at which it failed, if there are others. */
  static final Duration AVOID = Duration.ofSeconds(1);

  /** How long jobs wait when no worker is known at all. */
  static final Duration NO_WORKER = Duration.ofSeconds(10);

  /** How many jobs a worker accepts beyond its slots, so that no slot is idle between two jobs. */
  static final int WAITING = 1;

  /** How many workers a holder tells of its most urgent job, if none has room. */
  static final int WANTS = 2;

  /** How long a worker remembers a want. */
  static final Duration WANT = Duration.ofSeconds(1);

  /** How long a worker reserves a slot for the holder of its most urgent want. */
  static final Duration KEPT = Duration.ofMillis(30);

  /** How many turns, or holders, are remembered. */
  static final int REMEMBERED = 1024;

  /** A result that is needed later counts as needed then: in one day. */
  private static final long LEAST_URGENT_MS = Duration.ofDays(1).toMillis();

  /** When something is due that is needed in so many milliseconds, on the same clock. */
  static long dueAt(long nowNanos, long neededInMs) {
    return nowNanos + Math.min(LEAST_URGENT_MS, Math.max(0, neededInMs)) * 1_000_000;
  }

  /** How many milliseconds are left; 0 for what is overdue. */
  static long neededInMs(long nowNanos, long dueAt) {
    return Math.max(0, dueAt - nowNanos) / 1_000_000;
  }
}
