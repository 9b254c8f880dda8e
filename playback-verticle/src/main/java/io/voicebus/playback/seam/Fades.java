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
  static void in(byte[] pcm, long before, int length) {
    for (int i = 0; before + i < length && i < pcm.length / 2; i++) {
      Samples.set(pcm, i, Samples.get(pcm, i) * share(before + i, length));
    }
  }

  /** Of an end; over all the samples if the fade is longer. */
  static void out(byte[] pcm, int length) {
    int fade = Math.min(length, pcm.length / 2);
    for (int i = 0; i < fade; i++) {
      int at = pcm.length / 2 - 1 - i;
      Samples.set(pcm, at, Samples.get(pcm, at) * share(i, fade));
    }
  }

  private static double share(long at, int length) {
    return 0.5 - 0.5 * Math.cos(Math.PI * (at + 0.5) / length);
  }
}
