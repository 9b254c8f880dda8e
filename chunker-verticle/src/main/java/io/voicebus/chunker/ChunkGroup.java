package io.voicebus.chunker;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Joins sentences into longer chunks while there is time for it, and numbers the chunks that come
 * of it. Only whole sentences are joined: a heading or an item without a stop is a chunk of its
 * own, for the pause after it. Holds at most one chunk. Not thread-safe.
 */
final class ChunkGroup {
  private final int maxChars;
  private @Nullable SpeakableChunk held;
  private int count;

  /** An empty group of a turn without chunks. */
  ChunkGroup(int maxChars) {
    this(maxChars, 0);
  }

  /**
   * An empty group.
   *
   * @param maxChars the longest chunk, in UTF-16 units
   * @param made the index of its first chunk
   */
  ChunkGroup(int maxChars, int made) {
    this.maxChars = maxChars;
    this.count = made;
  }

  /**
   * Takes sentences in order.
   *
   * @param speechMs how much speech a chunk may hold; 0 for one sentence
   * @return the chunks that are full; what may still grow is held
   */
  List<SpeakableChunk> add(List<SpeakableChunk> sentences, long speechMs) {
    List<SpeakableChunk> full = new ArrayList<>();
    for (SpeakableChunk sentence : sentences) {
      SpeakableChunk joined = held == null ? null : join(held, sentence, speechMs);
      if (joined == null) {
        full.addAll(release());
      }
      held = joined == null ? sentence : joined;
      if (!mayGrow(held, speechMs)) {
        full.addAll(release());
      }
    }
    return full;
  }

  /** Gives out what is held, if anything is. */
  List<SpeakableChunk> release() {
    SpeakableChunk chunk = held;
    held = null;
    return chunk == null
        ? List.of()
        : List.of(
            new SpeakableChunk(
                count++,
                chunk.text(),
                chunk.sourceStart(),
                chunk.sourceEnd(),
                chunk.language(),
                chunk.ended(),
                chunk.map()));
  }

  boolean isEmpty() {
    return held == null;
  }

  private @Nullable SpeakableChunk join(SpeakableChunk a, SpeakableChunk b, long speechMs) {
    boolean wide = Marks.isWideStop(a.text().charAt(a.text().length() - 1));
    String text = a.text() + (wide ? "" : " ") + b.text();
    boolean fits = text.length() <= maxChars && SpeechLength.estimateMs(text) <= speechMs;
    return fits
        ? new SpeakableChunk(
            a.index(),
            text,
            a.sourceStart(),
            b.sourceEnd(),
            b.language(),
            b.ended(),
            new SourceMap(a.map())
                .then(new SourceMap(b.map()), text.length() - b.text().length())
                .points())
        : null;
  }

  private static boolean mayGrow(SpeakableChunk chunk, long speechMs) {
    boolean whole =
        switch (chunk.ended()) {
          case SENTENCE, QUESTION, ITEM, HEADING, PARAGRAPH -> endsWithStop(chunk.text());
          case CLAUSE, COLON, PHRASE -> false;
        };
    return whole && SpeechLength.estimateMs(chunk.text()) < speechMs;
  }

  private static boolean endsWithStop(String text) {
    int last = text.length();
    while (last > 0 && Marks.isCloser(text.charAt(last - 1))) {
      last--;
    }
    return last > 0 && Marks.isStop(text.charAt(last - 1));
  }
}
