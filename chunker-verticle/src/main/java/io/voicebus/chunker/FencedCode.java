package io.voicebus.chunker;

import io.voicebus.contract.ChunkEnd;

/**
 * Blocks of code between fences. They are not spoken; a remark is, where they would be missed. The
 * line that may open a block is held until it is known whether it does. Not thread-safe.
 */
final class FencedCode {
  /** What the text so far is. */
  enum State {
    OPEN,
    /** There is no block: what is held is text, or code within a line. */
    TEXT,
    /** The block has ended with this code point, a line feed. */
    CLOSED,
    /** The block has ended, and this code point is text. */
    CLOSED_BEFORE
  }

  /** A fence's info string is a word or two; a longer one is still dropped. */
  private static final int MAX_INFO = 200;

  /** Backticks in mid-line with more text behind them, in code points, open no block. */
  static final int MAX_LINE = 1_000;

  private final SpokenText out;
  private final CodeRemark remark;
  private final InlineFilter inline;
  private final Blocks blocks;
  private final CodeBlock block = new CodeBlock();
  private HeldText held = new HeldText();
  private boolean opening;

  FencedCode(SpokenText out, CodeRemark remark, InlineFilter inline, Blocks blocks) {
    this.out = out;
    this.remark = remark;
    this.inline = inline;
    this.blocks = blocks;
  }

  /**
   * Begins.
   *
   * @param mark the fence's mark
   * @param run how many of them
   * @param midLine whether text is before them in their line
   * @param marks what was read of the line's marks
   * @param end where what was read ends, in the written text
   */
  void start(int mark, int run, boolean midLine, HeldText marks, long end) {
    opening = true;
    held = marks;
    block.open(mark, run, midLine, held.size() > 0 ? held.end(0) - 1 : end);
  }

  /** Takes a code point of the line that may open a block, or of the block. */
  State accept(int cp, long end) {
    return opening ? opening(cp, end) : code(cp, end);
  }

  /** Backticks with more backticks on the line are inline code. */
  private State opening(int cp, long end) {
    boolean inlineCode = cp == '`' && block.mark() == '`';
    boolean tooLong = block.inLine() && held.size() >= MAX_LINE;
    if (tooLong || (inlineCode && held.size() < MAX_INFO)) {
      return State.TEXT;
    }
    if (cp == '\n') {
      begin(end);
    } else if (held.size() < MAX_INFO || block.inLine()) {
      held.add(cp, end);
    }
    return State.OPEN;
  }

  private void begin(long end) {
    opening = false;
    block.begin(held.take(), end);
    if (block.inLine()) {
      blocks.end();
    }
    say(remark.atBlock(inline.line().endsWithColon()), end);
  }

  private State code(int cp, long end) {
    State state = block.accept(cp, end);
    String words = remark.within(inline.line().hasSpoken());
    if (!words.isEmpty()) {
      say(words, end);
    }
    return state;
  }

  /** What is held of a line that opens no block; valid once. */
  HeldText take() {
    return held.take();
  }

  /**
   * The text ends.
   *
   * @return {@link State#TEXT} if what is held is text, {@link State#CLOSED} if the block has ended
   *     or has lost its closing fence; then {@link #prose} is text again
   */
  State end(Unclosed unclosed) {
    if (opening) {
      return block.inLine() || CodeBlock.info(held).indexOf(' ') >= 0 ? State.TEXT : State.OPEN;
    }
    if (block.end() == State.OPEN) {
      unclosed.tell(block.unspoken());
    }
    return State.CLOSED;
  }

  /** The end of a block that nothing closes, if it reads as prose; valid once. */
  HeldText prose() {
    return block.prose();
  }

  /** The text ends: a remark is said if nothing else was. */
  void remarkAtEnd(boolean called, long end) {
    say(remark.atEnd(called, inline.line().hasSpoken()), end);
  }

  private void say(String words, long end) {
    words.codePoints().forEach(cp -> out.text(cp, end, true));
    out.blockBreak(ChunkEnd.PARAGRAPH);
  }
}
