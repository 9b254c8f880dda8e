package io.voicebus.playback.seam;

/** Edges of speech without a click: half a period of a cosine. */
final class Fades {
  private Fades() {}

  /**
   * Of a beginning.
   *
   * @param before samples of the fade that came before these
   * @param length of the whole fade, in samples
   */
  static void in(short[] samples, long before, int length) {
    for (int i = 0; before + i < length && i < samples.length; i++) {
      samples[i] = (short) Math.rint(samples[i] * share(before + i, length));
    }
  }

  /** Of an end; over all the samples if the fade is longer. */
  static void out(short[] samples, int length) {
    int fade = Math.min(length, samples.length);
    for (int i = 0; i < fade; i++) {
      int at = samples.length - 1 - i;
      samples[at] = (short) Math.rint(samples[at] * share(i, fade));
    }
  }

  private static double share(long at, int length) {
    return 0.5 - 0.5 * Math.cos(Math.PI * (at + 0.5) / length);
  }
}
