package io.voicebus.contract;

import io.voicebus.bus.Message;

/**
 * Item, chunker to owner and owner to playback: a chunk was made.
 *
 * @param chunk its index in the turn
 * @param text what listeners read of it
 * @param sourceStart the first UTF-16 unit of the turn's text that it speaks
 * @param sourceEnd the unit after the last
 * @param words what the voice is given for it, in which numbers may be written out
 * @param estimatedMs estimated length of its speech, in milliseconds; at least 1
 */
public record ChunkCaption(
    int chunk, String text, long sourceStart, long sourceEnd, String words, long estimatedMs)
    implements Message {
  public ChunkCaption {
    words = words.isEmpty() ? text : words;
    estimatedMs = Math.max(1, estimatedMs);
  }

  /** A chunk of which the voice is given just that text. */
  public ChunkCaption(int chunk, String text, long sourceStart, long sourceEnd) {
    this(chunk, text, sourceStart, sourceEnd, text, 70L * text.length());
  }

  /** UTF-16 units of what the voice is given. */
  public int spokenChars() {
    return words.length();
  }

  @Override
  public int weight() {
    return 40 + text.length() + words.length();
  }
}
