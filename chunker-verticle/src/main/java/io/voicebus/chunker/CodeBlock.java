package io.voicebus.chunker;

import io.voicebus.chunker.FencedCode.State;
import io.voicebus.contract.UnspokenText;

/**
 * A fenced block of code, which is not spoken. It ends with a line of at least as many of the same
 * marks; text behind them is text. The end of the block is kept: if the closing marks never come,
 * the model has forgotten them, and the part of it that reads as prose is text again.
 */
final class CodeBlock {
  /** So much of the end of a block is kept, in code points. */
  private static final int MAX_KEPT = 4_000;

  private final HeldText kept = new HeldText();
  private int mark;
  private int length;
  private boolean inLine;
  private boolean nests;
  private int depth;
  private long start;
  private long end;
  private int run;
  private int before;
  private int runs;
  private boolean only;
  private int prose;

  /**
   * Begins.
   *
   * @param mark the fence's mark
   * @param length how many of them
   * @param inLine whether text was before them in their line
   * @param start where they start in the written text
   */
  void open(int mark, int length, boolean inLine, long start) {
    this.mark = mark;
    this.length = length;
    this.inLine = inLine;
    this.start = start;
    nests = false;
    depth = 0;
    kept.clear();
    startLine();
  }

  /**
   * The line of the opening marks has ended. A block of Markdown may have blocks in it.
   *
   * @param opening the marks and what follows them: a word, and perhaps the first of the code
   * @param lineEnd where the line ends in the written text
   */
  void begin(HeldText opening, long lineEnd) {
    String info = info(opening);
    nests = info.equals("markdown") || info.equals("md");
    int code = info.indexOf(' ') >= 0 ? info.codePointCount(0, info.length()) : 0;
    for (int i = opening.size() - code; i < opening.size(); i++) {
      accept(opening.codePoint(i), opening.end(i));
    }
    accept('\n', lineEnd);
  }

  /** What follows the marks in their line. */
  static String info(HeldText opening) {
    return opening.toString().replaceFirst("^\\s*[`~]+", "").strip();
  }

  int mark() {
    return mark;
  }

  boolean inLine() {
    return inLine;
  }

  /** Takes a code point of the block. */
  State accept(int cp, long at) {
    end = at;
    State state = cp == '\n' ? endLine() : inLine(cp);
    if (state == State.OPEN) {
      if (kept.size() == 2 * MAX_KEPT) {
        kept.keepLast(MAX_KEPT);
      }
      kept.add(cp, at);
    }
    return state;
  }

  private State inLine(int cp) {
    if (cp == mark) {
      run = before == mark ? run + 1 : 1;
      runs += run == length ? 1 : 0;
    } else if (!Marks.isSpace(cp) && (cp != '>' || runs > 0)) {
      boolean closed = run >= length && (only || inLine);
      if (closed && Marks.isSpace(before) && runs % 2 == 1 && depth == 0) {
        return State.CLOSED_BEFORE;
      }
      depth += nests && closed && only && before == mark ? 1 : 0;
      only = false;
      run = 0;
    }
    before = cp;
    return State.OPEN;
  }

  /**
   * Whether the line ends with marks that close the block; code may stand before them if no other
   * marks do.
   */
  private State endLine() {
    boolean closing = run >= length && (only || runs % 2 == 1);
    startLine();
    if (closing && depth > 0) {
      depth--;
      return State.OPEN;
    }
    return closing ? State.CLOSED : State.OPEN;
  }

  private void startLine() {
    run = 0;
    runs = 0;
    before = ' ';
    only = true;
  }

  /** Ends the text. Returns whether the block is still open. */
  State end() {
    State state = endLine();
    prose = state == State.OPEN ? Prose.start(kept, false) : kept.size();
    return state;
  }

  /** What is not spoken of an open block, in the written text. */
  UnspokenText unspoken() {
    long to = prose == kept.size() ? end : prose == 0 ? start : kept.end(prose - 1);
    return new UnspokenText(start, Math.max(start, to), UnspokenText.Content.CODE);
  }

  /** The end of an open block, which is text again; valid once. */
  HeldText prose() {
    return kept.range(prose, kept.size());
  }
}
