package io.voicebus.audio;

import java.util.Arrays;

/** Bits, the most significant one foremost. NOT thread safe. */
final class BitWriter {
  private byte[] bytes = new byte[4096];
  private int length;
  private long buffer;
  private int buffered;

  /**
   * Writes the lowest bits of a value.
   *
   * @param bits at most 32
   */
  void put(long value, int bits) {
    buffer = (buffer << bits) | (value & ((1L << bits) - 1));
    buffered += bits;
    while (buffered >= 8) {
      buffered -= 8;
      if (length == bytes.length) {
        bytes = Arrays.copyOf(bytes, 2 * length);
      }
      bytes[length++] = (byte) (buffer >> buffered);
    }
  }

  /** So many zeros, then a one. */
  void unary(long zeros) {
    long left = zeros;
    for (; left >= 32; left -= 32) {
      put(0, 32);
    }
    put(1, (int) left + 1);
  }

  /** Zeros up to the next byte. */
  void align() {
    if (buffered > 0) {
      put(0, 8 - buffered);
    }
  }

  /** What has been written, in whole bytes. */
  byte[] bytes() {
    return Arrays.copyOf(bytes, length);
  }
}
