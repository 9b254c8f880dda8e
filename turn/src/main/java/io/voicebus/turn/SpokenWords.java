package io.voicebus.turn;

import io.voicebus.bus.Message;
import io.voicebus.contract.ChunkCaption;
import io.voicebus.contract.ChunkSkipped;
import io.voicebus.contract.PlayoutFormat;
import io.voicebus.contract.PlayoutMark;
import io.voicebus.contract.WordMark;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * When each word of a turn's text is spoken, on the playout's clock, from what the stages report.
 * Each word is published once, in the text's order, as soon as its end is known: after its audio if
 * the engine reports words, else at the end of its chunk, whose duration is spread over its words.
 * A word without sound is not published. NOT thread safe.
 */
final class SpokenWords {
  private final TreeMap<Integer, ChunkCaption> captions = new TreeMap<>();
  private final BitSet skipped = new BitSet();
  private int rateHz;

  /** The chunk that is being spoken; null between two chunks. */
  private @Nullable ChunkCaption chunk;

  private List<CaptionWords.Word> words = List.of();

  /** How many of these were published. */
  private int told;

  /** How much of the voice's text is known to be spoken. */
  private int said;

  /** The same by estimates, which count only where another voice continues. */
  private int perhapsSaid;

  /** Where the last word ended. */
  private long lastEnd;

  /** Where the word began that is not finished yet; negative for none. */
  private long begun = -1;

  /** The last character that was published; 0 for none. */
  private int lastChar;

  /** Takes an item of a stage; returns the words whose end is known with it. */
  List<TurnEvent.SpokenWord> item(Message item) {
    if (item instanceof PlayoutFormat format) {
      rateHz = format.sampleRateHz();
    } else if (item instanceof ChunkCaption caption) {
      captions.put(caption.chunk(), caption);
    } else if (item instanceof ChunkSkipped left) {
      skipped.set(left.chunk());
    } else if (item instanceof WordMark mark) {
      return word(mark);
    } else if (item instanceof PlayoutMark mark) {
      if (mark.kind() == PlayoutMark.Kind.CHUNK_START) {
        start(mark);
      } else if (mark.kind() == PlayoutMark.Kind.CHUNK_VOICE) {
        return voice(mark);
      } else if (mark.kind() == PlayoutMark.Kind.CHUNK_END) {
        return end(mark);
      }
    }
    return List.of();
  }

  private void start(PlayoutMark mark) {
    captions.headMap(mark.chunk()).clear();
    chunk = captions.get(mark.chunk());
    words = chunk == null ? List.of() : CaptionWords.of(chunk);
    told = 0;
    said = 0;
    perhapsSaid = 0;
    lastEnd = mark.heardAt();
    begun = -1;
  }

  private List<TurnEvent.SpokenWord> word(WordMark mark) {
    ChunkCaption spoken = chunk;
    if (spoken == null || mark.chunk() != spoken.chunk()) {
      return List.of();
    }
    perhapsSaid = Math.max(perhapsSaid, mark.chars());
    if (mark.estimated() || mark.chars() <= said) {
      return List.of();
    }
    boolean sounds = sounds(spoken.words(), said, mark.chars());
    said = mark.chars();
    if (!sounds) {
      lastEnd = Math.max(lastEnd, mark.atSample()); // a dash
      return List.of();
    }
    long from = mark.length() > 0 ? mark.atSample() - mark.length() : lastEnd;
    begun = begun < 0 ? Math.max(lastEnd, from) : begun;
    int ended = wordsUpTo(said);
    if (ended == told) {
      return List.of();
    }
    List<TurnEvent.SpokenWord> all = tell(spoken, ended, begun, mark.atSample(), ended > told + 1);
    begun = -1;
    return all;
  }

  /** Another voice continues the chunk: what is before the mark was spoken before it. */
  private List<TurnEvent.SpokenWord> voice(PlayoutMark mark) {
    ChunkCaption spoken = chunk;
    if (spoken == null || mark.chunk() != spoken.chunk() || perhapsSaid <= said) {
      return List.of();
    }
    said = perhapsSaid;
    int ended = wordsUpTo(said);
    long from = begun < 0 ? lastEnd : begun;
    lastEnd = Math.max(lastEnd, mark.atSample());
    if (ended == told) {
      return List.of();
    }
    begun = -1;
    return tell(spoken, ended, from, mark.atSample(), true);
  }

  /** How many words have ended with so much of the voice's text. */
  private int wordsUpTo(int chars) {
    int ended = told;
    while (ended < words.size() && words.get(ended).saidEnd() <= chars) {
      ended++;
    }
    return ended;
  }

  private static boolean sounds(String words, int from, int to) {
    return words
        .substring(Math.min(from, words.length()), Math.min(to, words.length()))
        .codePoints()
        .anyMatch(Character::isLetterOrDigit);
  }

  private List<TurnEvent.SpokenWord> end(PlayoutMark mark) {
    ChunkCaption spoken = chunk;
    chunk = null;
    captions.headMap(mark.chunk(), true).clear();
    boolean heard = mark.atSample() > lastEnd && !skipped.get(mark.chunk());
    return spoken == null || !heard || told == words.size()
        ? List.of()
        : tell(spoken, words.size(), begun < 0 ? lastEnd : begun, mark.atSample(), true);
  }

  private List<TurnEvent.SpokenWord> tell(
      ChunkCaption of, int upTo, long from, long to, boolean estimated) {
    List<String> given = new ArrayList<>();
    for (int i = told; i < upTo; i++) {
      int end = i + 1 < words.size() ? words.get(i + 1).saidStart() : of.spokenChars();
      given.add(
          of.words().substring(words.get(i).saidStart(), Math.max(end, words.get(i).saidEnd())));
    }
    List<TurnEvent.SpokenWord> all = new ArrayList<>();
    for (WordLengths.Stretch stretch : WordLengths.spread(given, from, Math.max(from, to))) {
      CaptionWords.Word word = words.get(told++);
      boolean spaced = told == 1 ? lastChar != 0 && !isWide(lastChar) : word.spaced();
      lastChar = word.text().codePointBefore(word.text().length());
      all.add(
          new TurnEvent.SpokenWord(
              of.chunk(),
              word.text(),
              spaced,
              word.sourceStart(),
              word.sourceEnd(),
              nanos(stretch.from()),
              nanos(stretch.to()),
              estimated));
    }
    lastEnd = Math.max(lastEnd, to);
    return all;
  }

  /** Whether it is a mark, or belongs to a script, that no blank follows. */
  private static boolean isWide(int point) {
    return (point >= 0x2E80 && point <= 0xA4CF && !Character.isSpaceChar(point))
        || (point >= 0xFF00 && point <= 0xFF60);
  }

  private long nanos(long sample) {
    return rateHz == 0 ? 0 : sample * 1_000_000_000 / rateHz;
  }
}
