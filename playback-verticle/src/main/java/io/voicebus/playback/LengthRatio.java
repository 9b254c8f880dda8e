package io.voicebus.playback;

/**
 * How long speech really is, for its estimated length: learnt from the chunks that an instance has
 * received, since voices differ in tempo. NOT thread safe.
 */
final class LengthRatio {
  /** The newest chunk's share: a change of voice is learnt within some five chunks. */
  private static final double SHARE = 0.2;

  /** A single odd chunk ("Hmm…", a long number) moves the average by a factor of at most this. */
  private static final double EXTREME = 4;

  private double ratio = 1;

  /** Takes note of one wholly received chunk. */
  void learn(long estimatedMs, long realMs) {
    if (estimatedMs > 0 && realMs > 0) {
      double one = (double) realMs / estimatedMs;
      ratio += SHARE * (Math.min(EXTREME, Math.max(1 / EXTREME, one)) - ratio);
    }
  }

  /** The length to expect, in ms. */
  long expectedMs(long estimatedMs) {
    return Math.round(estimatedMs * ratio);
  }
}
