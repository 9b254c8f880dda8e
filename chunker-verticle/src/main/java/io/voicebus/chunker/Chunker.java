package io.voicebus.chunker;

import io.voicebus.chunker.ChunkBuffer.Piece;
import io.voicebus.contract.UnspokenText;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Turns the deltas of one turn into chunks to speak: Markdown is removed ({@link MarkdownFilter}),
 * boundaries are found ({@link BoundaryScanner}), and each chunk knows which source text it speaks.
 * Any split of a text into deltas gives the same chunks, time-outs aside. Work is linear in the
 * text, and what is held back is bounded. One per turn; not thread-safe.
 */
public final class Chunker {
  /** How many times longer to wait after a number: half a number is heard as a wrong one. */
  private static final int NUMBER = 4;

  /**
   * Which part of the time to wait after the end of a line: what comes next seldom belongs to it.
   */
  private static final int LINE = 10;

  private final ChunkerOptions options;
  private final BoundaryScanner scanner;
  private final TextFilter filter;
  private char highSurrogate;
  private long read;
  private int count;
  private long chunkEnd;
  private long lastDeltaNanos;
  private boolean flushed;
  private boolean written;
  private boolean lineEnded;

  /** For a text from its beginning. */
  public Chunker(ChunkerOptions options) {
    this(options, 0, 0);
  }

  /**
   * Continues the work of another chunker, whose text is given again from its beginning.
   *
   * @param nextChunk the index of the first chunk to make
   * @param resumeAt the first UTF-16 unit of the text that is not in a chunk yet
   */
  public Chunker(ChunkerOptions options, int nextChunk, long resumeAt) {
    this.options = options;
    this.count = nextChunk;
    this.chunkEnd = resumeAt;
    scanner = new BoundaryScanner(options);
    SpokenText spoken = resumeAt > 0 ? new ResumedText(scanner, resumeAt) : scanner;
    filter =
        options.markdown()
            ? new ControlTokens(
                new ToolCalls(
                    new BareCode(
                        new BareSettings(
                            new BareTables(
                                new MarkdownFilter(
                                    spoken,
                                    new CodeRemark(options.codeRemark(), scanner::language),
                                    options.nameEmoji()))))))
            : options.verbatim() ? new VerbatimFilter(spoken) : new PlainTextFilter(spoken);
  }

  /**
   * Takes text as the model wrote it, cut anywhere, even within a surrogate pair.
   *
   * @param nowNanos monotonic time at which it came
   * @return the chunks that are now decided, perhaps none
   */
  public List<SpeakableChunk> accept(String delta, long nowNanos) {
    if (flushed) {
      throw new IllegalStateException("text after its end");
    }
    if (!delta.isEmpty()) {
      lastDeltaNanos = nowNanos;
    }
    for (int i = 0; i < delta.length(); i++) {
      accept(delta.charAt(i));
    }
    return chunks();
  }

  private void accept(char unit) {
    read++;
    lineEnded = unit == '\n';
    written |= !Marks.isSpace(unit);
    if (Character.isHighSurrogate(unit)) {
      highSurrogate = unit; // one without its other half is no text
    } else if (!Character.isLowSurrogate(unit)) {
      highSurrogate = 0;
      filter.accept(unit, read);
    } else if (highSurrogate != 0) {
      filter.accept(Character.toCodePoint(highSurrogate, unit), read);
      highSurrogate = 0;
    }
  }

  /**
   * Frees what is held back only because its next character is not known, once no delta has come
   * for {@link ChunkerOptions#stallNanos()}: "He said no." is then a sentence. After a number four
   * times as long; after the end of a line a tenth of it.
   *
   * @param nowNanos monotonic time, of the same clock as in {@link #accept}
   */
  public List<SpeakableChunk> poll(long nowNanos) {
    OptionalLong deadline = deadlineNanos();
    if (deadline.isEmpty() || nowNanos - deadline.getAsLong() < 0) {
      return List.of();
    }
    scanner.free();
    return chunks();
  }

  /** When {@link #poll} would free something, in ns; empty if it would not. */
  public OptionalLong deadlineNanos() {
    if (flushed || !scanner.isFreeable()) {
      return OptionalLong.empty();
    }
    long stall = lineEnded ? options.stallNanos() / LINE : options.stallNanos();
    return OptionalLong.of(lastDeltaNanos + (scanner.endsWithNumber() ? NUMBER * stall : stall));
  }

  /**
   * Ends a chunk here, as the writer of the text demands. Marks that are not closed, such as half
   * of a link, wait for the rest of them.
   */
  public List<SpeakableChunk> cut() {
    if (flushed) {
      return List.of();
    }
    filter.cut();
    scanner.cutAll();
    return chunks();
  }

  /** Ends the text and returns what is left of it; nothing when called again. */
  public List<SpeakableChunk> flush() {
    if (flushed) {
      return List.of();
    }
    flushed = true;
    filter.flush();
    scanner.flush();
    return chunks();
  }

  /**
   * What of the text is not spoken although nothing closed it; all of it if it has no word, such as
   * a rule or a picture without a name. Whole after {@link #flush}.
   */
  public List<UnspokenText> unspoken() {
    List<UnspokenText> parts = filter.unspoken();
    boolean wordless = flushed && count == 0 && parts.isEmpty() && written;
    return wordless ? List.of(new UnspokenText(0, read, UnspokenText.Content.MARKUP)) : parts;
  }

  private List<SpeakableChunk> chunks() {
    List<Piece> pieces = scanner.take();
    if (pieces.isEmpty()) {
      return List.of();
    }
    List<SpeakableChunk> chunks = new ArrayList<>(pieces.size());
    for (Piece piece : pieces) {
      chunks.add(
          new SpeakableChunk(
              count++,
              piece.text(),
              chunkEnd,
              piece.end(),
              piece.language(),
              piece.ended(),
              piece.map().points()));
      chunkEnd = piece.end();
    }
    return chunks;
  }
}
