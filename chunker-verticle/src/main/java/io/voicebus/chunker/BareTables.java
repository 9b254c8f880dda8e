package io.voicebus.chunker;

import java.util.regex.Pattern;

/**
 * Finds tables and trees of files as programs print them, without a fence and without bars. A tree,
 * and a table whose head is in capitals ("NAME READY STATUS"), are blocks of code; another table
 * ("name,age,city") goes on as one of Markdown, and is read by its rows. The head of a table is
 * held until the line below it shows that it is one.
 */
final class BareTables extends BareBlocks {
  private enum Block {
    TREE,
    /** A table that is code. */
    OUTPUT,
    /** A table that is read by its rows. */
    ROWS
  }

  /** A longer line, in UTF-16 units, belongs to no table. */
  private static final int MAX_LINE = 400;

  /**
   * The beginning of a table's head or of a tree; a line of prose fails to match within its second
   * word.
   */
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

  /** The longest match of {@link #SENTENCE} and {@link #PROSE}, in UTF-16 units. */
  private static final int MAX_ENDING = 5;

  /** The end of a sentence, which a table's head does not have. */
  private static final Pattern SENTENCE = Pattern.compile("[.!?,;] $|: ?$");

  /** The end of a sentence, which a row does not have. */
  private static final Pattern PROSE = Pattern.compile("\\p{L}{3}[.!?] $");

  /** Between two columns. */
  private static final Pattern GAP = Pattern.compile(" {2}|\t");

  private final TextFilter next;
  private Block block = Block.TREE;

  /** Of the line that is held and may be a table's head, or the table's. */
  private ValueLine head = ValueLine.NONE;

  private boolean output;

  private static Pattern pattern(String alternatives) {
    return Pattern.compile(
        alternatives.replace(
            "<TREE>", "[ \\t]{0,8}+ (?: [├└│] | (?: \\|-- | `-- | \\+-- ) \\ [\\w./@] )"),
        Pattern.COMMENTS);
  }

  BareTables(TextFilter next) {
    super(next, MAX_LINE);
    this.next = next;
  }

  @Override
  boolean mayBelong(CharSequence line, int cp) {
    if (inBlock() ? block == Block.TREE : heldLines() > 0 && !head.isTable()) {
      return matches(TREE_LINE);
    }
    if (line.length() > MAX_LINE) {
      return false;
    }
    if (inBlock() || heldLines() > 0) {
      boolean indented = Marks.isSpace(cp) && line.length() == 1;
      boolean prose = indented || endsWith(PROSE, line) || listsWords(line);
      return (inBlock() && block == Block.OUTPUT) || !prose;
    }
    boolean aside = cp == '(' && !GAP.matcher(line).find();
    return matches(OPENING) && !(isMatched() && (aside || endsWith(SENTENCE, line)));
  }

  /** "Well, so": no values, unless they are quoted. */
  private boolean listsWords(CharSequence line) {
    int length = line.length();
    return head.separator() != ' '
        && length > 1
        && line.charAt(length - 1) == ' '
        && line.charAt(length - 2) == head.separator()
        && line.chars().filter(c -> c == '"').count() % 2 == 0;
  }

  private static boolean endsWith(Pattern ending, CharSequence line) {
    int start = Math.max(0, line.length() - MAX_ENDING);
    return ending.matcher(line).region(start, line.length()).find();
  }

  @Override
  Line outside(String line) {
    boolean branch = TREE_LINE.matcher(line).lookingAt();
    ValueLine values = branch ? ValueLine.NONE : ValueLine.read(line);
    if (heldLines() > 0) {
      block = branch ? Block.TREE : output ? Block.OUTPUT : Block.ROWS;
      boolean follows = head.isTable() ? values.isTable() && values.follows(head) : branch;
      return follows ? Line.BLOCK : Line.TEXT;
    }
    if (branch) {
      block = Block.TREE;
      return Line.BLOCK;
    }
    head = values;
    output = values.separator() == ' ' && ValueLine.isOutput(line);
    boolean isHead = values.isTable() && values.hasNames(line);
    return isHead || ROOT.matcher(line).matches() ? Line.OPEN : Line.TEXT;
  }

  @Override
  boolean within(String line) {
    boolean branch = TREE_LINE.matcher(line).lookingAt();
    ValueLine values = ValueLine.read(line);
    return block == Block.TREE ? branch : !branch && values.isTable() && values.follows(head);
  }

  @Override
  void begin(long at) {
    if (block != Block.ROWS) {
      super.begin(at);
    }
  }

  @Override
  void write(HeldText lines, int firstSize) {
    if (block != Block.ROWS) {
      super.write(lines, firstSize);
      return;
    }
    if (firstSize > 0) {
      head.write(lines, 0, firstSize - 1, next);
      head.writeRule(lines.end(firstSize - 1), next);
    }
    head.write(lines, firstSize, lines.size() - 1, next);
  }

  @Override
  void end(long at) {
    if (block == Block.ROWS) {
      next.accept('\n', at);
    } else {
      super.end(at);
    }
  }
}
