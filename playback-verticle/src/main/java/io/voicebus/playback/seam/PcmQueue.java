package io.voicebus.playback.seam;

import java.util.Arrays;

/** 16-bit samples, little-endian, first in, first out; counted in samples. NOT thread safe. */
final class PcmQueue {
  /** The largest array that is kept for the next samples: more than those of a usual segment. */
  static final int KEPT_BYTES = 64 * 1024;

  private static final int FIRST_BYTES = 2048;

  private byte[] pcm = new byte[FIRST_BYTES];
  private int first;
  private int end;

  int size() {
    return end - first;
  }

  /** All of them, from {@link #first} on; not to be kept. */
  byte[] array() {
    return pcm;
  }

  int first() {
    return first;
  }

  void add(byte[] more) {
    int count = more.length / 2;
    if (2 * (end + count) > pcm.length) {
      byte[] roomy = 4 * (size() + count) > pcm.length ? new byte[4 * (size() + count)] : pcm;
      System.arraycopy(pcm, 2 * first, roomy, 0, 2 * size());
      pcm = roomy;
      end -= first;
      first = 0;
    }
    System.arraycopy(more, 0, pcm, 2 * end, 2 * count);
    end += count;
  }

  /** Takes samples off the front. */
  byte[] take(int count) {
    byte[] taken = Arrays.copyOfRange(pcm, 2 * first, 2 * (first + count));
    drop(count);
    return taken;
  }

  void drop(int count) {
    first += count;
  }

  /** Discards all samples. An array that some seconds of silence have made long is given back. */
  void clear() {
    first = 0;
    end = 0;
    if (pcm.length > KEPT_BYTES) {
      pcm = new byte[FIRST_BYTES];
    }
  }
}
