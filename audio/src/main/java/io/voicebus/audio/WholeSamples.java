package io.voicebus.audio;

import java.util.Arrays;

/** Makes whole samples of 16 bits of pieces that may end within one. NOT thread safe. */
final class WholeSamples {
  private static final int NONE = -1;

  private int half = NONE;

  /** The whole samples that are there by now; the piece itself where nothing was left over. */
  byte[] take(byte[] piece) {
    if (half == NONE && piece.length % 2 == 0) {
      return piece;
    }
    int before = half == NONE ? 0 : 1;
    int length = before + piece.length;
    byte[] whole = new byte[length & ~1];
    if (whole.length > 0 && before == 1) {
      whole[0] = (byte) half;
    }
    if (whole.length > 0) {
      System.arraycopy(piece, 0, whole, before, whole.length - before);
    }
    if (length % 2 == 0) {
      half = NONE;
    } else if (piece.length > 0) {
      half = piece[piece.length - 1] & 0xff;
    }
    return whole;
  }

  /** The samples of whole little-endian ones. */
  static short[] shorts(byte[] pcm) {
    short[] samples = new short[pcm.length / 2];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = sample(pcm, i);
    }
    return samples;
  }

  static short sample(byte[] pcm, int index) {
    return (short) ((pcm[2 * index] & 0xff) | (pcm[2 * index + 1] << 8));
  }

  /** Both, one behind the other. */
  static short[] concat(short[] first, short[] second) {
    short[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
