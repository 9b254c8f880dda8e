package io.voicebus.tts.command;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Moves the silence before an utterance's first sound to its end: the listener hears the words
 * sooner, and the pause to the next utterance stays as long as the voice meant it. A little of it
 * stays, since soft consonants begin below the level that counts as sound. NOT thread-safe.
 */
final class LeadIn {
  /** The length of the silence that is kept, in ms. */
  static final int KEPT_MS = 60;

  /** A longer silence belongs to the speech, or the voice is a quiet one. */
  private static final int LONGEST_MS = 2_000;

  /** Samples below this are inaudible at any volume. */
  private static final int NOTHING = 32;

  private final int silent;
  private final Consumer<byte[]> samples;
  private final ByteArrayOutputStream before = new ByteArrayOutputStream();
  private int keptBytes;
  private int longestBytes;
  private int movedBytes;
  private int peak;
  private boolean sounded;

  /**
   * At the beginning of an utterance.
   *
   * @param silent the loudest that still is silence, of 32,767
   * @param samples takes whole 16-bit little-endian mono samples
   */
  LeadIn(int silent, int sampleRateHz, Consumer<byte[]> samples) {
    this.silent = silent;
    this.samples = samples;
    rate(sampleRateHz);
  }

  /** The rate is another than was expected. Before the first sample. */
  void rate(int hz) {
    keptBytes = 2 * (KEPT_MS * hz / 1_000);
    longestBytes = 2 * (LONGEST_MS * hz / 1_000);
  }

  /** Whether anything can be heard so far. */
  boolean audible() {
    return peak > NOTHING;
  }

  /** The next whole samples. */
  void accept(byte[] pcm) {
    if (sounded) {
      peak = audible() ? peak : loudest(pcm);
      samples.accept(pcm);
      return;
    }
    int sound = 0;
    for (; sound < pcm.length && !sounded; sound += 2) {
      int level = level(pcm, sound);
      peak = Math.max(peak, level);
      sounded = level > silent;
    }
    before.writeBytes(pcm);
    if (sounded) {
      byte[] all = before.toByteArray();
      int lead = all.length - pcm.length + sound - 2;
      movedBytes = Math.max(0, lead - keptBytes);
      flush(Arrays.copyOfRange(all, movedBytes, all.length));
    } else if (before.size() > longestBytes) {
      sounded = true;
      flush(before.toByteArray());
    }
  }

  private static int loudest(byte[] pcm) {
    int loudest = 0;
    for (int i = 0; i < pcm.length; i += 2) {
      loudest = Math.max(loudest, level(pcm, i));
    }
    return loudest;
  }

  private static int level(byte[] pcm, int at) {
    return Math.abs((pcm[at] & 0xff) | pcm[at + 1] << 8);
  }

  private void flush(byte[] pcm) {
    before.reset();
    samples.accept(pcm);
  }

  /** All has come. */
  void end() {
    if (!sounded && audible()) {
      flush(before.toByteArray()); // a quiet voice
    } else if (movedBytes > 0) {
      samples.accept(new byte[movedBytes]);
      movedBytes = 0;
    }
  }
}
