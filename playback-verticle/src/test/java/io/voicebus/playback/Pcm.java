package io.voicebus.playback;

import io.voicebus.contract.MemoryBudget;
import io.voicebus.contract.WordEnd;
import java.util.List;
import java.util.Objects;

/** PCM for tests: signed 16-bit little-endian mono. */
final class Pcm {
  private Pcm() {}

  /** All that a playout wants. */
  static MemoryBudget.Share memory() {
    return Objects.requireNonNull(MemoryBudget.unlimited().play());
  }

  static byte[] of(int... samples) {
    byte[] pcm = new byte[2 * samples.length];
    for (int i = 0; i < samples.length; i++) {
      pcm[2 * i] = (byte) samples[i];
      pcm[2 * i + 1] = (byte) (samples[i] >> 8);
    }
    return pcm;
  }

  /** Samples that say which they are: {@code from}, {@code from + 1}, … */
  static byte[] counting(int from, int samples) {
    int[] values = new int[samples];
    for (int i = 0; i < samples; i++) {
      values[i] = from + i;
    }
    return of(values);
  }

  /** A tone of this amplitude. */
  static byte[] sine(double hz, int rateHz, int samples, double amplitude) {
    int[] values = new int[samples];
    for (int i = 0; i < samples; i++) {
      values[i] = (int) Math.rint(amplitude * Math.sin(2 * Math.PI * hz * i / rateHz));
    }
    return of(values);
  }

  /** Gives a frame at whose end so many chars are spoken; negative where that is not known. */
  static Playout.Taken frame(Playout playout, int chunk, byte[] pcm, int chars, long nowNanos) {
    List<WordEnd> words = chars < 0 ? List.of() : List.of(new WordEnd(pcm.length / 2, chars));
    return playout.frame(chunk, pcm, words, nowNanos);
  }

  static int[] samples(byte[] pcm) {
    int[] values = new int[pcm.length / 2];
    for (int i = 0; i < values.length; i++) {
      values[i] = (short) ((pcm[2 * i] & 0xff) | (pcm[2 * i + 1] << 8));
    }
    return values;
  }
}
