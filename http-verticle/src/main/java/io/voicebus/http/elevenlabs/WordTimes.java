package io.voicebus.http.elevenlabs;

import io.voicebus.contract.ChunkCaption;
import io.voicebus.contract.PlayoutMark;
import io.voicebus.contract.TextPoint;
import io.voicebus.contract.WordMark;
import io.voicebus.turn.TurnEvent;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Tells when a turn's text is spoken, from its events and the ends of words, where its engine tells
 * them; estimated ends are left out. Together the parts are the text as it was written, without
 * what was left out. NOT thread safe.
 */
final class WordTimes {
  /** Chunks that are made and not spoken; of what is further ahead nothing is told. */
  private static final int MAX_CHUNKS = 4096;

  private final TreeMap<Integer, ChunkCaption> chunks = new TreeMap<>();
  private final TreeSet<Integer> skipped = new TreeSet<>();

  /** The text from {@link #told} on. */
  private final StringBuilder text = new StringBuilder();

  /** UTF-16 units of the turn's text that were told of, or left out. */
  private long told;

  /** The chunk that is being spoken; null between two. */
  private @Nullable ChunkCaption chunk;

  private int lastEnded = -1;

  /** UTF-16 units of what the voice was given for the chunk that were told of. */
  private int said;

  /** The sample where they ended. */
  private long from;

  private double rateHz = 1;

  /** Whether the engine tells of words: one that tells only that all is said does not. */
  private boolean timed;

  /** Whether words of the chunk were estimated: of those nothing is told. */
  private boolean estimated;

  /** The turn's rate, before the first mark. */
  void rate(int sampleRateHz) {
    rateHz = sampleRateHz;
  }

  /** What has happened; the part of the text that ended with it. */
  Alignment event(TurnEvent event) {
    if (event instanceof TurnEvent.Text piece) {
      text.append(piece.text());
    } else if (event instanceof TurnEvent.Caption made && chunks.size() < MAX_CHUNKS) {
      chunks.put(made.chunk().chunk(), made.chunk());
    } else if (event instanceof TurnEvent.Skipped left && skipped.size() < MAX_CHUNKS) {
      skipped.add(left.chunk().chunk());
    } else if (event instanceof TurnEvent.Mark reached) {
      PlayoutMark mark = reached.mark();
      if (mark.kind() == PlayoutMark.Kind.CHUNK_START) {
        begin(mark);
      } else if (mark.kind() == PlayoutMark.Kind.CHUNK_END) {
        return end(mark);
      }
    }
    return Alignment.NONE;
  }

  private void begin(PlayoutMark mark) {
    chunks.headMap(mark.chunk()).clear();
    skipped.headSet(mark.chunk()).clear();
    chunk = chunks.get(mark.chunk());
    said = 0;
    estimated = false;
    from = mark.heardAt();
    if (chunk != null && mark.chunk() != lastEnded + 1) {
      take(chunk.sourceStart());
    }
  }

  private Alignment end(PlayoutMark mark) {
    ChunkCaption ended = chunk;
    chunk = null;
    lastEnded = mark.chunk();
    if (ended == null) {
      return Alignment.NONE;
    }
    Alignment rest =
        timed && !estimated && !skipped.contains(ended.chunk()) && said < ended.spokenChars()
            ? part(ended, ended.spokenChars(), from, mark.atSample())
            : Alignment.NONE;
    take(ended.sourceEnd());
    return rest;
  }

  /** A word has been spoken; the part of the text that ended with it. */
  Alignment word(WordMark word) {
    ChunkCaption spoken = chunk;
    if (spoken == null || word.chunk() != spoken.chunk() || word.chars() <= said) {
      return Alignment.NONE;
    }
    if (word.estimated()) {
      estimated = true;
      return Alignment.NONE;
    }
    // A single word has a beginning, where its engine tells of words.
    timed |= word.length() > 0 || word.chars() < spoken.spokenChars();
    long began = word.length() > 0 ? word.atSample() - word.length() : from;
    return timed
        ? part(spoken, word.chars(), Math.max(from, began), word.atSample())
        : Alignment.NONE;
  }

  private Alignment part(ChunkCaption caption, int chars, long fromSample, long atSample) {
    String words = caption.words();
    int end = afterBlanks(words, Math.min(chars, words.length()));
    // What follows is parted from it by a blank, which no voice is given.
    String spoken = words.substring(said, end) + (end == words.length() ? " " : "");
    // Marks before the next word are of that one.
    String written = take(written(caption, end == words.length() ? end : chars));
    double fromMs = 1000 * fromSample / rateHz;
    double toMs = Math.max(fromMs, 1000 * atSample / rateHz);
    said = end;
    from = atSample;
    return new Alignment(
        CharTimes.spread(written, fromMs, toMs), CharTimes.spread(spoken, fromMs, toMs));
  }

  /** Where in the turn's text so much of a chunk ends, with the blanks behind it. */
  private long written(ChunkCaption caption, int chars) {
    long end = caption.sourceEnd();
    if (chars < caption.spokenChars()) {
      long place = caption.sourceStart() + chars;
      for (TextPoint point : caption.points()) {
        if (point.said() > chars) {
          end = Math.min(end, point.written());
          break;
        }
        place = point.written() + chars - point.said();
      }
      end = Math.min(place, end);
    }
    int known = (int) Math.max(0, Math.min(text.length(), end - told));
    return told + afterBlanks(text, known);
  }

  private static int afterBlanks(CharSequence of, int place) {
    int at = place;
    while (at < of.length() && Character.isWhitespace(of.charAt(at))) {
      at++;
    }
    return at;
  }

  /** The text up to there, unless that would part a character. */
  private String take(long place) {
    int length = (int) Math.max(0, Math.min(text.length(), place - told));
    if (length > 0 && Character.isHighSurrogate(text.charAt(length - 1))) {
      length--;
    }
    String part = text.substring(0, length);
    text.delete(0, length);
    told += length;
    return part;
  }
}
