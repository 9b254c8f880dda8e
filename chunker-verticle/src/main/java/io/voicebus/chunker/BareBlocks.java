package io.voicebus.chunker;

import io.voicebus.contract.UnspokenText;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds blocks of one kind that a model writes without a fence, and puts fences around them, so
 * that the next filter takes them for code. Lines are held while they may begin a block, and within
 * a block until they end. Goes before a filter of Markdown. Not thread-safe.
 */
abstract class BareBlocks implements TextFilter {
  /** What a line outside of a block is. */
  enum Line {
    TEXT,
    /** Held: the line below it shows whether it begins a block. */
    OPEN,
    /** A block begins, with the first line that is held. */
    BLOCK
  }

  private final TextFilter next;
  private final int maxLine;
  private final InsertedFence fence;
  private final Fences fences = new Fences();
  private final HeldText held = new HeldText();
  private final StringBuilder line = new StringBuilder();
  private final Matcher opening = Pattern.compile("").matcher("");

  private boolean matched;

  /** Whether the rest of the line goes on at once, as text or as code. */
  private boolean text;

  private boolean code;

  private boolean inBlock;
  private long blockEnd;

  private boolean blank;

  /** How many lines are held that have ended, and the code points of the first of them. */
  private int heldLines;

  private int firstSize;

  /**
   * A filter.
   *
   * @param maxLine a longer line, in UTF-16 units, begins no block; within one it goes on as it
   *     comes
   */
  BareBlocks(TextFilter next, int maxLine) {
    this.next = next;
    this.maxLine = maxLine;
    this.fence = new InsertedFence(next);
  }

  /** Whether the line so far, of which a code point has just come, may belong to a block. */
  abstract boolean mayBelong(CharSequence line, int cp);

  /** What a whole line is, outside of a block. */
  abstract Line outside(String line);

  /** Whether a whole line belongs to the block. */
  abstract boolean within(String line);

  final boolean inBlock() {
    return inBlock;
  }

  /** Whether the last line of the block is blank. */
  final boolean afterBlank() {
    return blank;
  }

  /** How many lines outside of a block are held, and have ended. */
  final int heldLines() {
    return heldLines;
  }

  /** Whether the line so far begins as a pattern says, or may do so when more of it has come. */
  final boolean matches(Pattern pattern) {
    if (matched) {
      return true;
    }
    boolean found = opening.usePattern(pattern).reset(line).lookingAt();
    matched = found && !opening.hitEnd();
    return found || opening.hitEnd();
  }

  /** Whether the line so far matches its pattern, whatever follows. */
  final boolean isMatched() {
    return matched;
  }

  /** Writes what goes before the block's lines. */
  void begin(long at) {
    fence.begin(at);
  }

  /**
   * Writes lines of the block.
   *
   * @param firstSize the code points of the first of several lines; 0 if there is one
   */
  void write(HeldText lines, int firstSize) {
    lines.passTo(next);
  }

  /** Writes what goes behind the block's lines. */
  void end(long at) {
    fence.end(at);
  }

  @Override
  public final void accept(int cp, long end) {
    if (text) {
      pass(cp, end);
    } else if (code) {
      code = cp != '\n';
      blockEnd = code ? end : blockEnd;
      next.accept(cp, end);
    } else {
      held.add(cp, end);
      line.appendCodePoint(cp);
      if (cp == '\n') {
        endLine(line.substring(0, line.length() - 1));
      } else if (!mayGoOn(cp)) {
        release();
      } else if (line.length() > maxLine) {
        blank = false;
        writeHeld();
        code = true;
      }
    }
  }

  private boolean mayGoOn(int cp) {
    return (inBlock || (!fences.inFence() && line.length() <= maxLine)) && mayBelong(line, cp);
  }

  private void endLine(String ended) {
    boolean fenced = fences.inFence() || ended.contains("```") || ended.contains("~~~");
    if (inBlock) {
      if (!fenced && within(ended)) {
        blank = ended.isBlank();
        writeHeld();
      } else {
        release();
      }
      return;
    }
    switch (fenced ? Line.TEXT : outside(ended)) {
      case TEXT -> release();
      case OPEN -> {
        firstSize = heldLines++ == 0 ? held.size() : firstSize;
        startLine();
      }
      case BLOCK -> {
        inBlock = true;
        blank = false;
        begin(held.end(0) - Character.charCount(held.codePoint(0)));
        writeHeld();
      }
    }
  }

  private void startLine() {
    line.setLength(0);
    matched = false;
    text = false;
  }

  private void writeHeld() {
    HeldText lines = held.take();
    int last = lines.size() - 1;
    if (!blank) {
      blockEnd = lines.end(last > 0 && lines.codePoint(last) == '\n' ? last - 1 : last);
    }
    write(lines, firstSize);
    heldLines = 0;
    firstSize = 0;
    startLine();
  }

  private void endBlock() {
    if (inBlock) {
      inBlock = false;
      if (code) {
        code = false;
        next.accept('\n', blockEnd);
      }
      end(blockEnd);
    }
  }

  /**
   * The first line that is held is text; the next one may begin a block. So may the line that is
   * held behind a block.
   */
  private void release() {
    boolean ended = inBlock;
    endBlock();
    HeldText lines = held.take();
    int first = heldLines > 0 ? firstSize : ended ? 0 : lines.size();
    heldLines = 0;
    firstSize = 0;
    startLine();
    text = first > 0;
    for (int i = 0; i < first; i++) {
      pass(lines.codePoint(i), lines.end(i));
    }
    for (int i = first; i < lines.size(); i++) {
      accept(lines.codePoint(i), lines.end(i));
    }
  }

  private void pass(int cp, long end) {
    fences.accept(cp);
    if (cp == '\n') {
      startLine();
    }
    next.accept(cp, end);
  }

  @Override
  public final void cut() {
    while (!inBlock && held.size() > 0) {
      release();
    }
    next.cut();
  }

  @Override
  public final void flush() {
    if (line.length() > 0) {
      accept('\n', held.end(held.size() - 1));
    }
    while (held.size() > 0) {
      release();
    }
    endBlock();
    next.flush();
  }

  @Override
  public final List<UnspokenText> unspoken() {
    return fence.unspoken();
  }
}
