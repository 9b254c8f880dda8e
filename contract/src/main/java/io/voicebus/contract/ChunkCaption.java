package io.voicebus.contract;

/**
 * Item, chunker to owner: a chunk was made.
 *
 * @param chunk its index in the turn
 * @param text what will be spoken
 * @param sourceStart the first UTF-16 unit of the turn's text that it speaks
 * @param sourceEnd the unit after the last
 */
public record ChunkCaption(int chunk, String text, long sourceStart, long sourceEnd)
    implements Message {
  @Override
  public int weight() {
    return 32 + text.length();
  }
}
