package io.voicebus.tts.time;

import java.util.Arrays;
import java.util.OptionalLong;

/** The usual duration of an operation, from its latest durations, in nanoseconds. Thread-safe. */
public final class UsualTime {
  private static final int KEPT = 64;

  /** From fewer durations nothing is derived. */
  private static final int ENOUGH = 8;

  private static final long LATELY_NANOS = 60_000_000_000L;

  private final long[] nanos = new long[KEPT];
  private int count;

  private long lastAt;

  /**
   * Adds a duration.
   *
   * @param time the duration in nanoseconds
   * @param now when the operation ended, in nanoseconds of the clock
   */
  public synchronized void took(long time, long now) {
    nanos[count++ % KEPT] = time;
    lastAt = now;
  }

  /** Whether the last duration was added within a minute before now. */
  public synchronized boolean lately(long now) {
    return count > 0 && now - lastAt < LATELY_NANOS;
  }

  /**
   * A quantile of the durations.
   *
   * @param part above 0, at most 1
   * @return empty while too few are known
   */
  public synchronized OptionalLong of(double part) {
    int known = Math.min(count, KEPT);
    if (known < ENOUGH) {
      return OptionalLong.empty();
    }
    long[] sorted = Arrays.copyOf(nanos, known);
    Arrays.sort(sorted);
    return OptionalLong.of(sorted[(int) Math.ceil(part * known) - 1]);
  }
}
