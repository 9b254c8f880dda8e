package io.voicebus.contract;

/**
 * Item, worker to playback: a piece of PCM of one chunk. The array is handed over: nobody changes
 * it afterwards.
 *
 * @param pcm signed 16-bit little-endian mono, whole samples, 2 to {@link #MAX_BYTES} bytes
 * @param spokenChars how many characters of the chunk's text are wholly spoken at the end of this
 *     frame; -1 where the engine does not tell
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record Frame(byte[] pcm, int spokenChars) implements Message {
  /** 16 KiB: a third of a second at 24 kHz. Larger pieces are split by their sender. */
  public static final int MAX_BYTES = 16 * 1024;

  public Frame {
    if (pcm.length < 2 || pcm.length > MAX_BYTES || pcm.length % 2 != 0) {
      throw new IllegalArgumentException(
          "a frame has whole 16-bit samples, 2 to " + MAX_BYTES + " bytes, not " + pcm.length);
    }
  }

  @Override
  public int weight() {
    return 16 + pcm.length;
  }
}
