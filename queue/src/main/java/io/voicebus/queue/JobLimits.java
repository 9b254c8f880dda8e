package io.voicebus.queue;

import java.time.Duration;

/** The named bounds and intervals of the work queue. */
final class JobLimits {
  private JobLimits() {}

  /** How long an offer may go unanswered at least: longer where answers take longer … */
  static final Duration ANSWER = Duration.ofMillis(100);

  /** … but never so long. */
  static final Duration ANSWER_MAX = Duration.ofSeconds(2);

  /**
   * How long an attempt may not get on while its result is due; then the job goes to a worker that
   * can begin at once, if there is one. Services have their first byte in well under a second, and
   * one second of silence is heard as long. Twice as long after each time, so that where everything
   * is slow the work is not begun again and again.
   */
  static final Duration DEADLINE = Duration.ofSeconds(3);

  /** How often a job is taken from a worker that does not get on. */
  static final int REISSUES = 2;

  /** How many failures that may pass a job survives; the last one ends it. */
  static final int FAILURES = 3;

  /**
   * How long a job that gave nothing, though others of its turn or it did before, rests before it
   * is tried once more: after its first such failure not at all, then so long, and twice as long
   * each time.
   */
  static final Duration REST = Duration.ofMillis(500);

  /**
   * The longest rest while the result is not due. Such failures do not count: who still has
   * something to hear need not learn of an outage that is over before the end of that.
   */
  static final Duration MOST_REST = Duration.ofSeconds(4);

  /** How many such failures a job survives once it is due; the last one ends it. */
  static final int LATE_FAILURES = 5;

  /**
   * How many attempts a job gets in all, however they end; offers that nobody took do not count.
   */
  static final int ATTEMPTS = 10;

  /** How long a job is kept from the worker that it failed at, when there are others. */
  static final Duration AVOID = Duration.ofSeconds(1);

  /** How long jobs wait when no worker is known at all. */
  static final Duration NO_WORKER = Duration.ofSeconds(10);

  /** How many jobs a worker takes beyond its slots: they wait there, so that no slot idles. */
  static final int WAITING = 1;

  /** At how many workers a holder without room for its jobs says so. */
  static final int WANTS = 2;

  /** How long a want counts. */
  static final Duration WANT = Duration.ofSeconds(1);

  /** How long a worker keeps a place for the holder of its most urgent want. */
  static final Duration KEPT = Duration.ofMillis(30);

  /** Of how many turns, or holders, something is remembered. */
  static final int REMEMBERED = 1024;

  /** The least urgency: one day, in milliseconds. */
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
