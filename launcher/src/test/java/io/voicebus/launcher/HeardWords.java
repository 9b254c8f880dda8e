package io.voicebus.launcher;

import io.voicebus.emulators.EmulatedSpeech;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * Reads what emulated voices said of chunks, where one may have broken off within a word that was
 * then said again whole.
 */
final class HeardWords {
  private static final int RATE_HZ = 24_000;
  private static final int CHAR_BYTES = EmulatedSpeech.pcm("a", RATE_HZ).length;

  private final byte[] pcm;
  private int at;
  private int resumed;

  HeardWords(byte[] pcm) {
    this.pcm = pcm;
  }

  /** How often another attempt went on within a chunk. */
  int resumed() {
    return resumed;
  }

  /**
   * Fails unless the sound is that of the chunks, each whole, once and in order, and each broken
   * word repeated from its beginning.
   */
  void readAll(List<String> chunks) {
    for (int i = 0; i < chunks.size(); i++) {
      read(i, chunks.get(i));
    }
    if (at != pcm.length) {
      throw new AssertionError((pcm.length - at) + " bytes after the last chunk");
    }
  }

  private void read(int index, String chunk) {
    int from = 0;
    while (true) {
      String rest = chunk.substring(from);
      byte[] expected = EmulatedSpeech.pcm(rest + " ", RATE_HZ);
      int same = Arrays.mismatch(expected, Arrays.copyOfRange(pcm, at, pcm.length));
      same = same < 0 ? expected.length : same;
      if (same >= expected.length) {
        at += expected.length;
        return;
      }
      if (same >= rest.length() * CHAR_BYTES) {
        at += same & ~1; // an engine may break off within the blank after the last word
        return;
      }
      int heard = from + same / CHAR_BYTES;
      from = chunk.lastIndexOf(' ', heard) + 1;
      int next = resumption(chunk, from, at + same);
      if (next < 0 && from > 0) {
        from--; // what goes on begins where the last word ended, with the blank
        next = resumption(chunk, from, at + same);
      }
      if (next < 0) {
        throw new AssertionError(
            "chunk "
                + index
                + " \""
                + chunk
                + "\" is wrong after its character "
                + heard
                + ": then comes \""
                + (pcm.length - at - same)
                + " bytes, "
                + new RenderedSpeech().textOf(samples(at + same))
                + '"');
      }
      resumed++;
      at = next;
    }
  }

  /** From an even byte on. */
  private short[] samples(int from) {
    ByteBuffer bytes = ByteBuffer.wrap(pcm).order(ByteOrder.LITTLE_ENDIAN).position(from & ~1);
    short[] samples = new short[bytes.remaining() / 2];
    bytes.asShortBuffer().get(samples);
    return samples;
  }

  /** Where a word is repeated, at or just before the first wrong byte; -1 if nowhere. */
  private int resumption(String chunk, int word, int wrong) {
    byte[] said = EmulatedSpeech.pcm(chunk.substring(word, word + 1), RATE_HZ);
    for (int back = 0; back <= 8; back++) {
      int start = wrong - back;
      if (start >= 0
          && start + said.length <= pcm.length
          && Arrays.equals(pcm, start, start + said.length, said, 0, said.length)) {
        return start;
      }
    }
    return -1;
  }
}
