package io.voicebus.playback.seam;

import java.util.Arrays;

/** 16-bit samples, first in, first out. NOT thread safe. */
final class SampleQueue {
  private short[] samples = new short[1024];
  private int first;
  private int end;

  int size() {
    return end - first;
  }

  /** All of them, from {@link #first} on; not to be kept. */
  short[] array() {
    return samples;
  }

  int first() {
    return first;
  }

  /** Adds little-endian samples. */
  void add(byte[] pcm) {
    int count = pcm.length / 2;
    if (end + count > samples.length) {
      short[] roomy = size() + count > samples.length / 2 ? roomFor(size() + count) : samples;
      System.arraycopy(samples, first, roomy, 0, size());
      samples = roomy;
      end -= first;
      first = 0;
    }
    for (int i = 0; i < count; i++) {
      samples[end++] = (short) ((pcm[2 * i] & 0xff) | (pcm[2 * i + 1] << 8));
    }
  }

  private static short[] roomFor(int size) {
    return new short[2 * size];
  }

  /** Takes samples off the front. */
  short[] take(int count) {
    short[] taken = Arrays.copyOfRange(samples, first, first + count);
    drop(count);
    return taken;
  }

  void drop(int count) {
    first += count;
  }

  void clear() {
    first = end;
  }
}
