package io.voicebus.contract;

import io.voicebus.bus.Message;
import java.util.List;

/**
 * Item, chunker to owner: a chunk was made.
 *
 * @param chunk its index in the turn
 * @param text what will be spoken
 * @param sourceStart the first UTF-16 unit of the turn's text that it speaks
 * @param sourceEnd the unit after the last
 * @param spokenChars UTF-16 units of the text that the voice is given for it, in which numbers may
 *     be written out; 0 counts as the text's own length
 * @param end what ended it
 * @param points where that text and the turn's keep step, in order, neither ever going back; empty
 *     if that is not known
 */
public record ChunkCaption(
    int chunk,
    String text,
    long sourceStart,
    long sourceEnd,
    int spokenChars,
    ChunkEnd end,
    List<TextPoint> points)
    implements Message {
  public ChunkCaption {
    spokenChars = spokenChars > 0 ? spokenChars : text.length();
    points = List.copyOf(points);
  }

  /** A sentence of which it is not known where it keeps step with what was written. */
  public ChunkCaption(int chunk, String text, long sourceStart, long sourceEnd, int spokenChars) {
    this(chunk, text, sourceStart, sourceEnd, spokenChars, ChunkEnd.SENTENCE, List.of());
  }

  /** A chunk of which the voice is given just that text. */
  public ChunkCaption(int chunk, String text, long sourceStart, long sourceEnd) {
    this(chunk, text, sourceStart, sourceEnd, text.length());
  }

  @Override
  public int weight() {
    return 32 + text.length() + 16 * points.size();
  }
}
