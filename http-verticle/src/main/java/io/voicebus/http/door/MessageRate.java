package io.voicebus.http.door;

import java.util.concurrent.TimeUnit;

/** Limits the messages of one client to a rate, after a burst. NOT thread safe. */
public final class MessageRate {
  private final double perSecond;
  private final int burst;
  private double left;
  private long filledAt;

  /**
   * Creates a limit.
   *
   * @param perSecond messages in a second
   * @param burst messages at once
   * @param now a reading of the clock of {@link #accept}, in nanoseconds
   */
  public MessageRate(double perSecond, int burst, long now) {
    this.perSecond = perSecond;
    this.burst = burst;
    this.left = burst;
    this.filledAt = now;
  }

  /** Counts a message; false if it exceeds the limit. */
  public boolean accept(long now) {
    if (!has(now)) {
      return false;
    }
    left--;
    return true;
  }

  /** Whether one more would be accepted; does not count it. */
  boolean has(long now) {
    left += (now - filledAt) * perSecond / TimeUnit.SECONDS.toNanos(1);
    left = Math.min(burst, left);
    filledAt = now;
    return left >= 1;
  }
}
