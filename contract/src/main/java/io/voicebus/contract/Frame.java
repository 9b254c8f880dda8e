package io.voicebus.contract;

import io.voicebus.bus.Message;
import java.util.List;

/**
 * Item, worker to playback: a piece of PCM of one chunk. The array is handed over: nobody changes
 * it afterwards.
 *
 * @param pcm signed 16-bit little-endian mono, whole samples, 2 to {@link #MAX_BYTES} bytes
 * @param words where words of the chunk's text end, in order; empty where none does, or the engine
 *     does not tell
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record Frame(byte[] pcm, List<WordEnd> words) implements Message {
  /** 16 KiB: a third of a second at 24 kHz. Larger pieces are split by their sender. */
  public static final int MAX_BYTES = 16 * 1024;

  private static final int WORD_WEIGHT = 8;

  /** A frame of an engine that does not tell where words end. */
  public static Frame untimed(byte[] pcm) {
    return new Frame(pcm, List.of());
  }

  public Frame {
    if (pcm.length < 2 || pcm.length > MAX_BYTES || pcm.length % 2 != 0) {
      throw new IllegalArgumentException(
          "a frame has whole 16-bit samples, 2 to " + MAX_BYTES + " bytes, not " + pcm.length);
    }
  }

  @Override
  public int weight() {
    return 16 + pcm.length + WORD_WEIGHT * words.size();
  }
}
