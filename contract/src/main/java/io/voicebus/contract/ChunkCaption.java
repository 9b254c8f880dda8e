package io.voicebus.contract;

import io.voicebus.bus.Message;

/**
 * Item, chunker to owner: a chunk was made.
 *
 * @param chunk its index in the turn
 * @param text what will be spoken
 * @param sourceStart the first UTF-16 unit of the turn's text that it speaks
 * @param sourceEnd the unit after the last
 * @param spokenChars UTF-16 units of the text that the voice is given for it, in which numbers may
 *     be written out; 0 counts as the text's own length
 */
public record ChunkCaption(
    int chunk, String text, long sourceStart, long sourceEnd, int spokenChars) implements Message {
  public ChunkCaption {
    spokenChars = spokenChars > 0 ? spokenChars : text.length();
  }

  /** A chunk of which the voice is given just that text. */
  public ChunkCaption(int chunk, String text, long sourceStart, long sourceEnd) {
    this(chunk, text, sourceStart, sourceEnd, text.length());
  }

  @Override
  public int weight() {
    return 32 + text.length();
  }
}
