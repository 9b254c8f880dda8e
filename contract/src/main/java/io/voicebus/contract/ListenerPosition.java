package io.voicebus.contract;

/**
 * How far the listener has heard. Sockets swallow minutes of audio, so for {@link Pace#REALTIME}
 * what was delivered was not therefore heard: the listener's own report counts, or else a clock
 * that runs from the first audio on and stands still while nothing is left to hear. For {@link
 * Pace#ASAP} what was delivered was heard. NOT thread safe.
 */
public final class ListenerPosition {
  /** The rate to reckon with until the first frames fix the turn's: ElevenLabs' default. */
  public static final int ASSUMED_RATE_HZ = 24_000;

  private static final long NANOS = 1_000_000_000L;

  private final Pace pace;
  private int rateHz = ASSUMED_RATE_HZ;
  private long delivered;
  private long playedNanos;
  private long lookedAt;
  private long reportedMs = -1;

  /** How long nothing was left to hear, by the clock. */
  private long dryNanos;

  /** Since when nothing is left to hear, by the listener's report. */
  private long dryAt;

  private boolean away;

  public ListenerPosition(Pace pace) {
    this.pace = pace;
  }

  /** Fixes the turn's rate; before the first delivery. */
  public void rate(int hz) {
    rateHz = hz;
  }

  /**
   * Another instance has delivered so much before.
   *
   * @param samples delivered so far
   * @param playedMs heard of that
   */
  public void resume(long samples, long playedMs, long nowNanos) {
    delivered = samples;
    playedNanos = Math.min(nanos(samples), playedMs * 1_000_000);
    lookedAt = nowNanos;
  }

  /** It has had nothing to hear for so long when another instance went on. */
  public void waited(long ms) {
    dryNanos = ms * 1_000_000;
  }

  /** So many samples more went to the sink. */
  public void delivered(long samples, long nowNanos) {
    advance(nowNanos);
    delivered += samples;
    dryNanos = 0;
  }

  /** The listener says how much it has played, in ms since the turn's first sample. */
  public void reported(long playedMs) {
    reportedMs = Math.max(reportedMs, playedMs);
  }

  /** The same, where it matters since when the listener {@link #waitedMs waits}. */
  public void reported(long playedMs, long nowNanos) {
    boolean waited = reportedMs >= 0 && reportedSamples() == delivered;
    reported(playedMs);
    if (!waited && reportedSamples() == delivered) {
      dryAt = nowNanos;
    }
  }

  /**
   * How long the listener has had nothing to hear, in ms; 0 for one that takes all at once, or that
   * has heard nothing yet.
   */
  public long waitedMs(long nowNanos) {
    if (pace == Pace.ASAP || delivered == 0 || away) {
      return 0;
    }
    if (reportedMs >= 0) {
      return reportedSamples() == delivered ? (nowNanos - dryAt) / 1_000_000 : 0;
    }
    advance(nowNanos);
    return dryNanos / 1_000_000;
  }

  /** Its connection is lost, or is there again: meanwhile nothing counts as heard. */
  public void away(boolean nowAway, long nowNanos) {
    advance(nowNanos);
    away = nowAway;
  }

  /** Whether it has ever said so. */
  public boolean reports() {
    return reportedMs >= 0;
  }

  /** The samples delivered so far. */
  public long delivered() {
    return delivered;
  }

  /** The samples heard, in the turn's rate; never falls, never passes what was delivered. */
  public long samples(long nowNanos) {
    if (pace == Pace.ASAP) {
      return delivered;
    }
    if (reportedMs >= 0) {
      return reportedSamples();
    }
    advance(nowNanos);
    return playedNanos == nanos(delivered) ? delivered : playedNanos / 1000 * rateHz / 1_000_000;
  }

  private long reportedSamples() {
    // Divided first: a report of any size must not overflow.
    return reportedMs / 1000 >= delivered / rateHz + 1
        ? delivered
        : Math.min(delivered, reportedMs * rateHz / 1000);
  }

  private void advance(long nowNanos) {
    if (!away) {
      long could = playedNanos + Math.max(0, nowNanos - lookedAt);
      playedNanos = Math.min(nanos(delivered), could);
      dryNanos += could - playedNanos;
    }
    lookedAt = nowNanos;
  }

  private long nanos(long samples) {
    return samples / rateHz * NANOS + samples % rateHz * NANOS / rateHz;
  }
}
