package io.voicebus.chunker;

/** Holds the line that may open a block of code until it is known whether it does. */
final class OpeningFence {
  /** What the held line is. */
  enum State {
    OPEN,
    /** The line has ended: a block of code begins. */
    CODE,
    /** Text, or code within a line. */
    TEXT
  }

  /** A fence's info string is a word or two; a longer one is still dropped. */
  private static final int MAX_INFO = 200;

  /** Backticks in mid-line with more text behind them, in code points, open no block. */
  static final int MAX_LINE = 1_000;

  private HeldText held = new HeldText();
  private final CodeBlock block;

  OpeningFence(CodeBlock block) {
    this.block = block;
  }

  /**
   * Begins.
   *
   * @param mark the fence's mark
   * @param run how many of them
   * @param inLine whether text is before them in their line
   * @param marks what was read of the line's marks
   * @param end where what was read ends, in the written text
   */
  void start(int mark, int run, boolean inLine, HeldText marks, long end) {
    held = marks;
    block.open(mark, run, inLine, held.size() > 0 ? held.end(0) - 1 : end);
  }

  /** Takes a code point. Backticks with more backticks on the line are inline code. */
  State accept(int cp, long end) {
    boolean code = cp == '`' && block.mark() == '`';
    boolean tooLong = block.inLine() && held.size() >= MAX_LINE;
    if (tooLong || (code && held.size() < MAX_INFO)) {
      return State.TEXT;
    }
    if (cp == '\n') {
      return State.CODE;
    }
    if (held.size() < MAX_INFO || block.inLine()) {
      held.add(cp, end);
    }
    return State.OPEN;
  }

  /** Whether what is held is text if nothing more comes. */
  boolean isText() {
    return block.inLine() || CodeBlock.info(held).indexOf(' ') >= 0;
  }

  /** All that is held; valid once. */
  HeldText take() {
    return held.take();
  }
}
