package io.voicebus.turn;

import io.voicebus.contract.ChunkCaption;
import io.voicebus.contract.Conversation;
import io.voicebus.contract.ListenerPosition;
import io.voicebus.contract.PlayoutMark;
import io.voicebus.contract.WordMark;
import io.voicebus.contract.Words;
import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How much of a turn's text was heard, from what its stages tell: which part of the text each chunk
 * speaks, where in the playout the chunk lies, and where in it which word ends.
 *
 * <p>The result is the model's own text, Markdown and all, cut at a word's end; without what chunks
 * that were left out would have said. Samples are of the playout. NOT thread safe.
 */
final class HeardAnswer {
  /** Where neither timings nor the length of a chunk are known: a slow voice. */
  private static final int CHARS_PER_SECOND = 12;

  /** How far from a word another may be in the text, with what is not spoken in between. */
  private static final int MAX_UNSPOKEN_CHARS = 200;

  private static final class Chunk {
    private @Nullable ChunkCaption caption;
    private long start = -1;
    private long end = -1;
    private boolean skipped;

    /** Sample → characters of what the voice was given that are spoken there. */
    private final TreeMap<Long, Integer> words = new TreeMap<>();
  }

  private final StringBuilder text = new StringBuilder();
  private final TreeMap<Integer, Chunk> chunks = new TreeMap<>();
  private int rateHz = ListenerPosition.ASSUMED_RATE_HZ;

  /** Whether the engines tell where words end. */
  private boolean timed;

  /** The turn's rate. */
  void rate(int hz) {
    rateHz = hz;
  }

  /** Text as it was streamed; what is over {@link Conversation#MAX_ANSWER_CHARS} is not kept. */
  void text(String delta) {
    text.append(delta, 0, Math.min(delta.length(), Conversation.MAX_ANSWER_CHARS - text.length()));
  }

  /** What was written behind this place is taken back: another source goes on from there. */
  void cutText(int at) {
    text.setLength(Math.min(text.length(), at));
  }

  void caption(ChunkCaption caption) {
    // What begins behind all that is kept will not be looked for.
    if (caption.sourceStart() < Conversation.MAX_ANSWER_CHARS) {
      chunk(caption.chunk()).caption = caption;
    }
  }

  /** The chunk, or the rest of it, will not be spoken. */
  void skipped(int chunk) {
    if (tooFar(chunk)) {
      return;
    }
    chunk(chunk).skipped = true;
  }

  void mark(PlayoutMark mark) {
    if (tooFar(mark.chunk())) {
      return;
    }
    if (mark.kind() == PlayoutMark.Kind.CHUNK_START) {
      chunk(mark.chunk()).start = mark.atSample();
    } else if (mark.kind() == PlayoutMark.Kind.CHUNK_END) {
      chunk(mark.chunk()).end = mark.atSample();
    }
  }

  void word(WordMark word) {
    if (tooFar(word.chunk())) {
      return;
    }
    Chunk chunk = chunk(word.chunk());
    // One that tells only that all is said tells nothing of words.
    timed |= chunk.caption == null || word.chars() < chunk.caption.spokenChars();
    chunk.words.put(word.atSample(), word.chars());
  }

  /** Whether it speaks of text that is not kept. */
  private boolean tooFar(int chunk) {
    return text.length() == Conversation.MAX_ANSWER_CHARS && !chunks.containsKey(chunk);
  }

  private Chunk chunk(int index) {
    return chunks.computeIfAbsent(index, ignored -> new Chunk());
  }

  /** The text when everything that was to be spoken has been heard. */
  String all() {
    StringBuilder heard = new StringBuilder();
    int at = 0;
    for (Chunk chunk : chunks.values()) {
      if (chunk.skipped && chunk.caption != null) {
        int cut = source(chunk.caption, heardChars(chunk, chunk.caption, Long.MAX_VALUE));
        heard.append(text, at, Math.max(at, cut > 0 ? cut : inText(chunk.caption.sourceStart())));
        at = Math.max(at, inText(chunk.caption.sourceEnd()));
      }
    }
    return heard.append(text, at, text.length()).toString().stripTrailing();
  }

  /** The text up to the last word that was wholly heard at this sample. */
  String upTo(long sample) {
    StringBuilder heard = new StringBuilder();
    int at = 0;
    for (Map.Entry<Integer, Chunk> entry : chunks.entrySet()) {
      Chunk chunk = entry.getValue();
      ChunkCaption caption = chunk.caption;
      if (caption == null) {
        break;
      }
      boolean over = chunk.end >= 0 && chunk.end <= sample;
      if (over && !chunk.skipped) {
        int end = Math.max(at, inText(caption.sourceEnd()));
        heard.append(text, at, end);
        at = end;
        continue;
      }
      int cut = source(caption, heardChars(chunk, caption, sample));
      if (cut > at) {
        heard.append(text, at, cut);
      }
      boolean goesOn = chunk.skipped && (chunk.start < 0 || over);
      if (!goesOn) {
        break;
      }
      at = Math.max(at, inText(caption.sourceEnd()));
    }
    return heard.toString().stripTrailing();
  }

  /**
   * How many characters of the chunk's text were heard, perhaps with a part of a word: by the share
   * of time between two places that are known, and beyond the last of them as a slow voice speaks,
   * unless the engine would have told.
   */
  private int heardChars(Chunk chunk, ChunkCaption caption, long sample) {
    if (chunk.start < 0 || sample <= chunk.start) {
      return 0;
    }
    int length = caption.spokenChars();
    long heard = chunk.end < 0 ? sample : Math.min(sample, chunk.end);
    Map.Entry<Long, Integer> before = chunk.words.floorEntry(heard);
    Map.Entry<Long, Integer> after = chunk.words.higherEntry(heard);
    long from = before == null ? chunk.start : before.getKey();
    int chars = before == null ? 0 : before.getValue();
    double more = 0;
    if (after != null) {
      more = share(heard - from, after.getKey() - from, after.getValue() - chars);
    } else if (chunk.end > from && !chunk.skipped) {
      more = share(heard - from, chunk.end - from, length - chars);
    } else if (!timed) {
      more = share(heard - from, rateHz, CHARS_PER_SECOND);
    }
    return caption.textAt(Math.min(length, chars + (int) more));
  }

  private static double share(long part, long whole, int chars) {
    return (double) part / whole * chars;
  }

  /**
   * Where in the turn's text the last whole word of so many characters of a chunk's text ends; 0
   * for none. Words are looked for in their order, since the text has marks that the chunk has not;
   * marks that touch a word belong to it.
   */
  private int source(ChunkCaption caption, int chars) {
    String spoken = caption.text();
    int end = inText(caption.sourceEnd());
    int at = inText(caption.sourceStart());
    int cut = 0;
    BitSet ends = Words.ends(spoken);
    int word = Words.start(spoken, 0);
    int wordEnd = ends.nextSetBit(word + 1);
    while (wordEnd > 0 && wordEnd <= chars) {
      int length = wordEnd - word;
      int limit = Math.min(end, at + MAX_UNSPOKEN_CHARS + length);
      int found = text.substring(at, Math.max(at, limit)).indexOf(spoken.substring(word, wordEnd));
      if (found >= 0) {
        at = Words.withMarks(text, at + found + length, end);
        cut = at;
      }
      word = Words.start(spoken, wordEnd);
      wordEnd = ends.nextSetBit(word + 1);
    }
    return cut;
  }

  private int inText(long place) {
    return (int) Math.min(place, text.length());
  }
}
