package io.voicebus.launcher.replay;

import java.util.Locale;

/**
 * How fast a recording is played.
 *
 * @param factor 1 as it was, 2 twice as fast; infinite for no waiting at all
 */
public record ReplaySpeed(double factor) {
  /** As it was. */
  public static final ReplaySpeed OWN = new ReplaySpeed(1);

  /** Nobody is waited for. */
  public static final ReplaySpeed MAX = new ReplaySpeed(Double.POSITIVE_INFINITY);

  private static final String MAX_WORD = "max";
  private static final double LEAST = 0.1;
  private static final double MOST = 1_000;

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException says what is allowed
   */
  public static ReplaySpeed of(String text) {
    if (text.equals(MAX_WORD)) {
      return MAX;
    }
    try {
      double factor = Double.parseDouble(text);
      if (factor >= LEAST && factor <= MOST) {
        return new ReplaySpeed(factor);
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw new IllegalArgumentException(
        "--speed is '" + text + "': it must be from 0.1 to 1000, or max");
  }

  /** How long something takes that took so long in the recording. */
  public long replayed(long recordedNanos) {
    return isMax() ? 0 : (long) (recordedNanos / factor);
  }

  /** How long something took in the recording's time; at {@link #MAX} that cannot be said. */
  public long recorded(long replayedNanos) {
    return isMax() ? replayedNanos : (long) (replayedNanos * factor);
  }

  public boolean isMax() {
    return Double.isInfinite(factor);
  }

  /** Whether it is the recording's own. */
  public boolean isOwn() {
    return factor == 1;
  }

  @Override
  public String toString() {
    return isMax()
        ? MAX_WORD
        : String.format(Locale.ROOT, "%.3f", factor).replaceAll("\\.?0+$", "");
  }
}
