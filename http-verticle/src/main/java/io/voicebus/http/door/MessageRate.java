package io.voicebus.http.door;

import java.util.concurrent.TimeUnit;

/** How many messages a client may send: so many a second, after a burst. NOT thread safe. */
public final class MessageRate {
  private final double perSecond;
  private final int burst;
  private double left;
  private long filledAt;

  /**
   * A limit.
   *
   * @param burst how many may come at once
   * @param now on the clock of {@link #accept}
   */
  public MessageRate(double perSecond, int burst, long now) {
    this.perSecond = perSecond;
    this.burst = burst;
    this.left = burst;
    this.filledAt = now;
  }

  /** Counts a message; false when it is one too many. */
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
