package io.voicebus.playback.seam;

/**
 * Finds where a segment's sound begins, and where a listener first hears it: the two are apart
 * where it begins softly, as an <i>f</i> or an <i>h</i> does. Counts samples, from the first one on
 * that it was told of. NOT thread safe.
 */
final class Onset {
  /** -40 dBFS: what is heard at a usual volume, of two windows together. */
  static final double HEARD = 328;

  /** No word begins softly for longer; who is not heard by then is a quiet voice. */
  private static final int LONGEST_SOFT_MS = 250;

  /**
   * Soft sound with so much silence behind it is no beginning if it is short, or a hum. (An
   * <i>s</i>, of which a <i>t</i> is parted by as much, is neither.)
   */
  private static final int SILENCE_AFTER_MS = 30;

  private static final int LONGEST_BLIP_MS = 15;
  private static final int HIGHEST_HUM_HZ = 800;

  private final int longestSoft;
  private final int longestBlip;
  private final int silenceAfter;

  /** What steps from sample to sample are of the samples, in a hum, squared. */
  private final double hum;

  private int begins;

  /** Where the first sound began that was taken for a hum or a blip; negative for none. */
  private int passedOver;

  private int heard;
  private int sound;
  private int silence;

  /** Of the window before. */
  private double before;

  /** Sums of what sounded so far. */
  private double squares;

  private double steps;

  Onset(int rateHz) {
    longestSoft = LONGEST_SOFT_MS * rateHz / 1000;
    longestBlip = LONGEST_BLIP_MS * rateHz / 1000;
    silenceAfter = SILENCE_AFTER_MS * rateHz / 1000;
    hum = Math.pow(2 * Math.sin(Math.PI * HIGHEST_HUM_HZ / rateHz), 2);
    reset();
  }

  /** Another segment begins. */
  void reset() {
    passedOver = -1;
    silent();
  }

  private void silent() {
    begins = -1;
    heard = -1;
    sound = 0;
    silence = 0;
    before = 0;
    squares = 0;
    steps = 0;
  }

  /**
   * The next window.
   *
   * @param pcm has it
   * @param at where it begins there, in samples
   * @param from its first sample, of all those that came
   * @param level its effective value, of 32,767
   * @param sounds whether it is above what is silence in this segment
   */
  void window(byte[] pcm, int at, int from, int count, double level, boolean sounds) {
    if (sounds) {
      begins = begins < 0 ? from : begins;
      sound += count;
      silence = 0;
      squares += level * level * (count - 1);
      for (int i = at + 1; i < at + count; i++) {
        double step = Samples.get(pcm, i) - Samples.get(pcm, i - 1);
        steps += step * step;
      }
    } else if (begins >= 0) {
      silence += count;
      if (silence >= silenceAfter && (sound <= longestBlip || steps < hum * squares)) {
        passedOver = passedOver < 0 ? begins : passedOver;
        silent();
        return;
      }
    }
    if (begins >= 0) {
      if (before * before + level * level >= 2 * HEARD * HEARD) {
        heard = level < before ? from - count : from;
      } else if (from + count - begins >= longestSoft) {
        begins = first();
        heard = begins;
      }
    }
    before = level;
  }

  /** Whether there is sound, which may turn out to be none. */
  boolean isBegun() {
    return begins >= 0;
  }

  /** Whether it is known where a listener first hears it. */
  boolean isHeard() {
    return heard >= 0;
  }

  /** The first sample of the sound. */
  int begins() {
    return heard < 0 ? first() : begins;
  }

  /** Of a quiet voice nothing is a hum: its sound begins with the first that was taken for one. */
  private int first() {
    return passedOver < 0 ? begins : passedOver;
  }

  /** The first sample that is heard; of a quiet voice the first sample of the sound. */
  int heard() {
    return Math.max(begins(), heard);
  }

  /** The silence at the end of what came so far. */
  int silence() {
    return silence;
  }
}
