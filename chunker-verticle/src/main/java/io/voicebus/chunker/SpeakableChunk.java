package io.voicebus.chunker;

import io.voicebus.contract.ChunkEnd;
import io.voicebus.contract.TextPoint;
import java.util.List;

/**
 * A sentence or an early clause that is ready to be spoken.
 *
 * @param index 0, 1, 2… in its turn
 * @param text what to say: trimmed, white space collapsed to single spaces, without Markdown marks,
 *     at most {@link ChunkerOptions#maxChars()} UTF-16 units, with something to pronounce in it
 * @param sourceStart where the written text that it speaks starts, in UTF-16 units from the start
 *     of the turn; the end of the chunk before, or 0
 * @param sourceEnd where that text ends, exclusive; marks and white space after it belong to the
 *     next chunk
 * @param language the likeliest language of the turn up to here, as a two-letter code
 * @param ended what ended it
 * @param map which part of the written text each part of the text says
 */
public record SpeakableChunk(
    int index,
    String text,
    long sourceStart,
    long sourceEnd,
    String language,
    ChunkEnd ended,
    List<TextPoint> map) {
  /** A sentence of which it is not known which part of the written text it says where. */
  SpeakableChunk(int index, String text, long sourceStart, long sourceEnd, String language) {
    this(index, text, sourceStart, sourceEnd, language, ChunkEnd.SENTENCE, List.of());
  }

  public SpeakableChunk {
    if (index < 0 || text.isEmpty() || sourceStart < 0 || sourceEnd < sourceStart) {
      throw new IllegalArgumentException(
          "chunk %d [%d, %d)".formatted(index, sourceStart, sourceEnd));
    }
  }
}
