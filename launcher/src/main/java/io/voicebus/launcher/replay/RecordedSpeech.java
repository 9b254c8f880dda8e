package io.voicebus.launcher.replay;

import io.voicebus.bus.Failure;
import io.voicebus.bus.Message;
import io.voicebus.bus.Stage;
import io.voicebus.contract.ChunkCaption;
import io.voicebus.contract.ChunkSkipped;
import io.voicebus.contract.ChunkSpoken;
import io.voicebus.contract.SpeechPiece;
import io.voicebus.contract.WordEnd;
import io.voicebus.tts.engine.SpeechSink;
import io.voicebus.turn.recording.Recording;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How the text of a recorded turn was spoken. A text that is now cut into other chunks gets the
 * recorded sound of its words; a text that was not spoken in the recording gets a hum as long as
 * its speech would have been. Thread-safe.
 */
public final class RecordedSpeech {
  /** How a text that is asked for was found. */
  enum Found {
    /** It is a recorded chunk, or the rest of one. */
    AS_RECORDED,
    /** It was spoken, in other chunks. */
    CUT_OTHERWISE,
    /** It was not spoken. */
    NOT_RECORDED
  }

  /**
   * Speech.
   *
   * @param engine who spoke, as {@link io.voicebus.contract.Speaker} has it
   * @param rateHz of the pieces
   * @param pieces in order
   * @param failure how it ended; null for well
   */
  record Speech(
      Found found,
      String engine,
      int rateHz,
      List<SpokenPiece> pieces,
      @Nullable Failure failure) {}

  /**
   * How the texts were found that were asked for.
   *
   * @param asRecorded chunks that are as they were
   * @param cutOtherwise chunks whose speech is of other ones
   * @param notRecorded texts of chunks that got a hum
   */
  public record Tally(int asRecorded, int cutOtherwise, List<String> notRecorded) {}

  private static final int USUAL_RATE_HZ = 24_000;
  private static final int USUAL_MS_PER_CHAR = 70;

  private final List<RecordedChunk> chunks = new ArrayList<>();
  private final Map<Integer, RecordedChunk> byIndex = new TreeMap<>();

  /** All that the voice was given, without blanks; by its place, which chunk and where in it. */
  private final StringBuilder said = new StringBuilder();

  private final List<Integer> startsAt = new ArrayList<>();
  private final Hum hum;

  /** By the chunks that were asked for: where in what was said they end. */
  private final TreeMap<Integer, Integer> given = new TreeMap<>();

  private final TreeMap<Integer, Found> found = new TreeMap<>();
  private final TreeMap<Integer, String> hummed = new TreeMap<>();

  private RecordedSpeech(Recording recording) {
    recording.lines().forEach(line -> item(line.item()));
    Recording.End end = recording.end();
    Failure failure = end == null ? null : end.failure();
    if (failure != null && failure.stage() == Stage.SPEECH) {
      chunks.stream()
          .filter(chunk -> !chunk.isSpoken() && chunk.failure() == null)
          .findFirst()
          .ifPresent(chunk -> chunk.failed(failure));
    }
    for (RecordedChunk chunk : chunks) {
      startsAt.add(said.length());
      said.append(compact(chunk.words()));
    }
    hum = hum();
  }

  /** That of a recording. */
  public static RecordedSpeech of(Recording recording) {
    return new RecordedSpeech(recording);
  }

  private void item(Message item) {
    if (item instanceof ChunkCaption caption) {
      RecordedChunk chunk = new RecordedChunk(caption);
      if (byIndex.putIfAbsent(caption.chunk(), chunk) == null) {
        chunks.add(chunk);
      }
    } else if (item instanceof SpeechPiece piece && byIndex.containsKey(piece.chunk())) {
      chunk(piece.chunk()).piece(piece);
    } else if (item instanceof ChunkSpoken spoken && byIndex.containsKey(spoken.chunk())) {
      chunk(spoken.chunk()).spoken(spoken);
    } else if (item instanceof ChunkSkipped skipped && byIndex.containsKey(skipped.chunk())) {
      chunk(skipped.chunk()).failed(skipped.failure());
    }
  }

  private RecordedChunk chunk(int index) {
    RecordedChunk chunk = byIndex.get(index);
    if (chunk == null) {
      throw new IllegalStateException("no chunk " + index);
    }
    return chunk;
  }

  private Hum hum() {
    List<RecordedChunk> heard = chunks.stream().filter(chunk -> chunk.samples() > 0).toList();
    long ms = heard.stream().mapToLong(c -> c.samples() * 1000L / c.rateHz()).sum();
    int chars = heard.stream().mapToInt(c -> c.words().length()).sum();
    long[] firsts = heard.stream().mapToLong(RecordedChunk::firstNanos).sorted().toArray();
    return new Hum(
        heard.isEmpty() ? "recorded/@" + USUAL_RATE_HZ : heard.get(0).engine(),
        rateHz(),
        chars == 0 ? USUAL_MS_PER_CHAR : Math.max(1, ms / chars),
        firsts.length == 0 ? 0 : firsts[firsts.length / 2]);
  }

  /** The recorded chunks, in order. */
  public List<ChunkCaption> captions() {
    return chunks.stream().map(RecordedChunk::caption).toList();
  }

  /** The rate of the first sound. */
  public int rateHz() {
    return chunks.stream()
        .mapToInt(RecordedChunk::rateHz)
        .filter(hz -> hz > 0)
        .findFirst()
        .orElse(USUAL_RATE_HZ);
  }

  /** Whether there is any sound in the recording. */
  public boolean isHeard() {
    return chunks.stream().anyMatch(chunk -> chunk.samples() > 0);
  }

  /** How the texts were found until now. */
  public synchronized Tally tally() {
    return new Tally(
        count(Found.AS_RECORDED), count(Found.CUT_OTHERWISE), List.copyOf(hummed.values()));
  }

  private int count(Found how) {
    return (int) found.values().stream().filter(one -> one == how).count();
  }

  /**
   * The speech of a text.
   *
   * @param index the chunk that it is now, or the rest of it
   */
  synchronized Speech speak(int index, String text) {
    String wanted = compact(text);
    int at = place(index, wanted);
    if (wanted.isEmpty()) {
      return new Speech(Found.AS_RECORDED, hum.engine(), hum.rateHz(), List.of(), null);
    }
    if (at < 0) {
      return humOf(index, text);
    }
    given.put(index, at + wanted.length());
    Speech speech = sound(index, text, wanted, at);
    if (speech.pieces().isEmpty() && speech.failure() == null && !isSpokenAt(at)) {
      return humOf(index, text);
    }
    found.merge(index, speech.found(), (one, other) -> one);
    return speech;
  }

  private Speech humOf(int index, String text) {
    found.put(index, Found.NOT_RECORDED);
    hummed.put(index, text);
    return new Speech(
        Found.NOT_RECORDED, hum.engine(), hum.rateHz(), hum.pieces(text.length()), null);
  }

  private boolean isSpokenAt(int at) {
    return chunks.get(chunkAt(at)).isSpoken();
  }

  /** Its place in all that was spoken; -1 if it was not. */
  private int place(int index, String wanted) {
    RecordedChunk same = byIndex.get(index);
    if (same != null) {
      int start = startsAt.get(chunks.indexOf(same));
      int end = start + compact(same.words()).length();
      int at = end - wanted.length();
      if (at >= start && said.substring(at, end).equals(wanted)) {
        return at;
      }
    }
    Map.Entry<Integer, Integer> before = given.lowerEntry(index);
    int expected = before == null ? 0 : before.getValue();
    int at = said.indexOf(wanted, expected);
    return at >= 0 ? at : said.lastIndexOf(wanted, expected);
  }

  private int chunkAt(int at) {
    int chunk = 0;
    while (chunk + 1 < chunks.size() && startsAt.get(chunk + 1) <= at) {
      chunk++;
    }
    return chunk;
  }

  /** The recorded sound of a stretch of what was said. */
  private Speech sound(int index, String text, String wanted, int from) {
    int to = from + wanted.length();
    int first = chunkAt(from);
    List<SpokenPiece> pieces = new ArrayList<>();
    int[] ends = ends(text, wanted.length());
    Failure failure = null;
    // The rest of a chunk is asked for when an attempt at it has failed.
    boolean whole = startsAt.get(first) == from || chunks.get(first) == byIndex.get(index);
    for (int i = first; i < chunks.size() && startsAt.get(i) < to; i++) {
      RecordedChunk chunk = chunks.get(i);
      int start = startsAt.get(i);
      int length = compact(chunk.words()).length();
      int within = Math.max(0, from - start);
      int until = Math.min(length, to - start);
      whole &= i == first && until == length;
      Stretch stretch = new Stretch(chunk, start - from, ends);
      if (chunk.failure() == null || within == 0) {
        stretch.add(pieces, index(chunk.words(), within), index(chunk.words(), until));
      }
      failure = chunk.failure() != null && until == length ? chunk.failure() : failure;
    }
    RecordedChunk chunk = chunks.get(first);
    return new Speech(
        whole ? Found.AS_RECORDED : Found.CUT_OTHERWISE,
        chunk.engine().isEmpty() ? hum.engine() : chunk.engine(),
        chunk.rateHz() == 0 ? hum.rateHz() : chunk.rateHz(),
        pieces,
        failure);
  }

  /** By characters of a text without blanks: how many of the text itself are said then. */
  private static int[] ends(String text, int length) {
    int[] ends = new int[length + 1];
    int at = 0;
    for (int i = 0; i < text.length(); i++) {
      if (!Character.isWhitespace(text.charAt(i))) {
        ends[++at] = i + 1;
      }
    }
    ends[length] = text.length();
    return ends;
  }

  /** The place in a text that has so many characters before it which are no blanks. */
  private static int index(String text, int compact) {
    int seen = 0;
    for (int i = 0; i < text.length(); i++) {
      if (seen == compact) {
        return i;
      }
      seen += Character.isWhitespace(text.charAt(i)) ? 0 : 1;
    }
    return text.length();
  }

  private static String compact(String text) {
    StringBuilder compact = new StringBuilder(text.length());
    text.chars().filter(c -> !Character.isWhitespace(c)).forEach(c -> compact.append((char) c));
    return compact.toString();
  }

  /** A part of a chunk's sound, as a part of a text that is asked for now. */
  private static final class Stretch {
    private final RecordedChunk chunk;

    /** Where the chunk begins in the text, without blanks; negative for before it. */
    private final int offset;

    private final int[] ends;

    Stretch(RecordedChunk chunk, int offset, int[] ends) {
      this.chunk = chunk;
      this.offset = offset;
      this.ends = ends;
    }

    /** Adds what is between two of its characters: later than what is there already. */
    void add(List<SpokenPiece> pieces, int fromChars, int toChars) {
      int from = chunk.sampleAt(fromChars);
      int to = chunk.sampleAt(toChars);
      long after = pieces.isEmpty() ? chunk.firstNanos() : pieces.get(pieces.size() - 1).atNanos();
      long shift = Long.MIN_VALUE;
      for (RecordedChunk.TimedFrame frame : chunk.frames()) {
        if (frame.to() > from && frame.from() < to) {
          long at = chunk.sinceAsked(frame.afterNanos());
          if (shift == Long.MIN_VALUE) {
            shift = after - at;
          }
          slice(pieces, frame, Math.max(from, frame.from()), Math.min(to, frame.to()), at + shift);
        }
      }
    }

    /** A piece ends where a word does of which the engine told. */
    private void slice(
        List<SpokenPiece> pieces, RecordedChunk.TimedFrame frame, int from, int to, long at) {
      int begun = from;
      for (WordEnd word : frame.words()) {
        int end = frame.from() + word.samples();
        if (!word.estimated() && end > begun && end <= to) {
          pieces.add(piece(frame, begun, end, at, chars(word.chars()), word.length()));
          begun = end;
        }
      }
      if (begun < to) {
        int known = pieces.isEmpty() ? SpeechSink.UNKNOWN : last(pieces).spokenChars();
        pieces.add(piece(frame, begun, to, at, known, 0));
      }
    }

    private static SpokenPiece last(List<SpokenPiece> pieces) {
      return pieces.get(pieces.size() - 1);
    }

    private static SpokenPiece piece(
        RecordedChunk.TimedFrame frame, int from, int to, long at, int chars, int length) {
      byte[] pcm =
          Arrays.copyOfRange(frame.pcm(), 2 * (from - frame.from()), 2 * (to - frame.from()));
      return new SpokenPiece(at, pcm, chars, length);
    }

    /** How much of the text is said when so much of the chunk is. */
    private int chars(int ofChunk) {
      int compact =
          compact(chunk.words().substring(0, Math.min(ofChunk, chunk.words().length()))).length();
      return ends[Math.max(0, Math.min(ends.length - 1, offset + compact))];
    }
  }
}
