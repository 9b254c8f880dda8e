package io.voicebus.tts;

import java.util.Arrays;
import java.util.OptionalLong;

/** How long something mostly takes, by its last times. Thread-safe. */
final class UsualTime {
  private static final int KEPT = 64;

  /** By fewer nothing is known. */
  private static final int ENOUGH = 8;

  private final long[] nanos = new long[KEPT];
  private int count;

  synchronized void took(long time) {
    nanos[count++ % KEPT] = time;
  }

  /**
   * The time in which such a part of them was over.
   *
   * @param part above 0, at most 1
   * @return empty while too few are known
   */
  synchronized OptionalLong of(double part) {
    int known = Math.min(count, KEPT);
    if (known < ENOUGH) {
      return OptionalLong.empty();
    }
    long[] sorted = Arrays.copyOf(nanos, known);
    Arrays.sort(sorted);
    return OptionalLong.of(sorted[(int) Math.ceil(part * known) - 1]);
  }
}
