package io.voicebus.chunker;

import io.voicebus.contract.UnspokenText;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds tables and trees of files that a model writes as a program prints them, without a fence and
 * without bars. A tree, and a table whose head is in capitals ("NAME READY STATUS"), go on as a
 * block of code, and are told of; another table ("name,age,city") goes on as one of Markdown, and
 * is read by its rows. A line is held while its beginning may be that of a table's head, and the
 * head until the line below it shows that it is one. Goes before a filter of Markdown. Not
 * thread-safe.
 */
final class BareTables implements TextFilter {
  private enum Block {
    NONE,
    TREE,
    /** A table that is told of as code. */
    OUTPUT,
    /** A table that is read by its rows. */
    ROWS
  }

  /** A longer line, in UTF-16 units, belongs to no table. */
  private static final int MAX_LINE = 400;

  /** What may begin a table's head or a tree; prose is seen to be none within its second word. */
  private static final Pattern OPENING =
      pattern(
          """
            <TREE>
          | (?: [\\w@.-]{1,60}+ / | \\. ) (?= \\n )                                # my-app/
          | [\\p{IsLatin}\\d_%\\#/()<>-]{1,30}+ (?: \\ {2} | \\t )                              # Filesystem      Size
          | [A-Z][A-Z0-9_%\\#/()-]{0,30}+ (?: \\ [A-Z][A-Z0-9_%\\#/()-]{0,30}+ ){0,2}+ (?: \\ {2} | \\t )
          | (?: "[^",;]{1,40}+" | [\\p{IsLatin}_] [\\p{IsLatin}\\d_-]{0,30}+ ) [,;] ["\\p{IsLatin}\\d_]   # name,age
          """);

  /** A branch of a tree. */
  private static final Pattern TREE_LINE = pattern("<TREE>");

  /** "my-app/", above its branches. */
  private static final Pattern ROOT = Pattern.compile("[\\w@.-]{1,60}+/|\\.");

  /** The length of what {@link #SENTENCE} and {@link #PROSE} find, in UTF-16 units. */
  private static final int MAX_ENDING = 5;

  /** Where a sentence ends, no head of a table goes on. */
  private static final Pattern SENTENCE = Pattern.compile("[.!?,;] $|: ?$");

  /** Where a sentence ends, no row goes on. */
  private static final Pattern PROSE = Pattern.compile("\\p{L}{3}[.!?] $");

  /** Between two columns. */
  private static final Pattern GAP = Pattern.compile(" {2}|\t");

  private final TextFilter next;
  private final InsertedFence fence;
  private final HeldLine held;
  private final Matcher opening = OPENING.matcher("");
  private Block block = Block.NONE;

  /** Of a line that may be a table's head and has ended: its code points, which are held; or 0. */
  private int headSize;

  private ValueLine head = ValueLine.NONE;
  private boolean output;

  /** Whether the line begins as a table's head or a branch does, and is held until it ends. */
  private boolean found;

  private long blockEnd;

  private static Pattern pattern(String alternatives) {
    return Pattern.compile(
        alternatives.replace(
            "<TREE>", "[ \\t]{0,8}+ (?: [├└│] | (?: \\|-- | `-- | \\+-- ) \\ [\\w./@] )"),
        Pattern.COMMENTS);
  }

  BareTables(TextFilter next) {
    this.next = next;
    this.held = new HeldLine(next);
    this.fence = new InsertedFence(next);
  }

  @Override
  public void accept(int cp, long end) {
    if (held.isText()) {
      held.pass(cp, end);
      return;
    }
    held.hold(cp, end);
    found &= held.length() > Character.charCount(cp);
    if (cp == '\n') {
      endLine();
    } else if (!goesOn(cp)) {
      release();
    }
  }

  /** Whether the line so far, which has not ended, may belong to a table or a tree. */
  private boolean goesOn(int cp) {
    if (held.inFence() || held.length() > MAX_LINE) {
      return false;
    }
    if (block == Block.TREE || (headSize > 0 && !head.isTable())) {
      Matcher branch = TREE_LINE.matcher(held.line());
      found |= found || branch.lookingAt();
      return found || branch.hitEnd();
    }
    if (block != Block.NONE || headSize > 0) {
      boolean indented = Marks.isSpace(cp) && held.length() == 1;
      return block == Block.OUTPUT || (!indented && !endsWith(PROSE) && !listsWords());
    }
    if (found) {
      boolean aside = cp == '(' && !GAP.matcher(held.line()).find();
      return !aside && !endsWith(SENTENCE);
    }
    found = opening.reset(held.line()).lookingAt();
    return found || opening.hitEnd();
  }

  /** "Well, so": no values, unless they are quoted. */
  private boolean listsWords() {
    CharSequence line = held.line();
    int length = line.length();
    return head.separator() != ' '
        && length > 1
        && line.charAt(length - 1) == ' '
        && line.charAt(length - 2) == head.separator()
        && line.chars().filter(c -> c == '"').count() % 2 == 0;
  }

  private boolean endsWith(Pattern ending) {
    CharSequence line = held.line();
    return ending
        .matcher(line)
        .region(Math.max(0, line.length() - MAX_ENDING), line.length())
        .find();
  }

  private void endLine() {
    String written = held.written();
    boolean known = !held.inFence() && held.length() <= MAX_LINE && !written.contains("```");
    boolean branch = known && TREE_LINE.matcher(written).lookingAt();
    ValueLine values = known && !branch ? ValueLine.read(written) : ValueLine.NONE;
    if (block != Block.NONE) {
      boolean same = block == Block.TREE ? branch : values.isTable() && values.follows(head);
      if (same) {
        write();
      } else {
        release();
      }
    } else if (headSize > 0) {
      secondLine(branch, values);
    } else if (branch) {
      begin(Block.TREE);
    } else if ((found && values.isTable() && values.hasNames(written))
        || (known && ROOT.matcher(written).matches())) {
      head = values;
      output = values.separator() == ' ' && ValueLine.isOutput(written);
      headSize = held.size();
      held.begin();
    } else {
      release();
    }
  }

  private void secondLine(boolean branch, ValueLine values) {
    if (head.isTable() && values.isTable() && values.follows(head)) {
      begin(output ? Block.OUTPUT : Block.ROWS);
    } else if (!head.isTable() && branch) {
      begin(Block.TREE);
    } else {
      release();
    }
  }

  private void begin(Block of) {
    block = of;
    if (of == Block.ROWS) {
      HeldText both = held.take();
      head.write(both, 0, headSize - 1, next);
      head.writeRule(both.end(headSize - 1), next);
      head.write(both, headSize, both.size() - 1, next);
      blockEnd = both.end(both.size() - 1);
    } else {
      fence.begin(held.start());
      write();
    }
    headSize = 0;
  }

  /** The held lines are part of the block. */
  private void write() {
    HeldText words = held.take();
    if (block == Block.ROWS) {
      head.write(words, 0, words.size() - 1, next);
    } else {
      for (int i = 0; i < words.size(); i++) {
        next.accept(words.codePoint(i), words.end(i));
      }
    }
    blockEnd = words.end(Math.max(0, words.size() - 2));
  }

  private void endBlock() {
    if (block == Block.TREE || block == Block.OUTPUT) {
      fence.end(blockEnd);
    } else if (block == Block.ROWS) {
      next.accept('\n', held.size() > 0 ? held.start() : blockEnd);
    }
    block = Block.NONE;
  }

  /** What is held is text; behind a line that was held in vain, the next one may begin a table. */
  private void release() {
    endBlock();
    HeldText words = held.takeAsText();
    int first = headSize > 0 ? headSize : words.size();
    headSize = 0;
    for (int i = 0; i < first; i++) {
      held.pass(words.codePoint(i), words.end(i));
    }
    for (int i = first; i < words.size(); i++) {
      accept(words.codePoint(i), words.end(i));
    }
  }

  @Override
  public void cut() {
    if (block == Block.NONE && held.size() > 0) {
      release();
    }
    next.cut();
  }

  @Override
  public void flush() {
    if (held.size() > headSize) {
      accept('\n', held.end());
    }
    if (held.size() > 0) {
      release();
    }
    endBlock();
    next.flush();
  }

  @Override
  public List<UnspokenText> unspoken() {
    return fence.unspoken();
  }
}
