package io.voicebus.chunker;

import java.util.regex.Pattern;

/**
 * Holds a line that may begin a table until the line under it shows whether it does: a bar is also
 * a sign, as in {@code |x| < 3} and {@code a || b}. A table has a rule under its head; without one,
 * lines whose bars all stand as those of rows are rows. Not thread-safe.
 */
final class TableHead {
  /** What the held text is. */
  enum State {
    OPEN,
    /** A row, or the rest of one, and what follows it. */
    ROW,
    /** Text, in which bars are signs. */
    TEXT
  }

  private enum Form {
    /** {@code | Fruit | Price |}: held from the first bar on. */
    FRAMED,
    /** The head {@code Fruit | Price}: held from the second cell on. */
    BARE,
    /** A row {@code Apple | $1.50} of such a table: held from its first cell to its first bar. */
    BARE_ROW
  }

  /** A longer line begins no table, in code points. */
  private static final int MAX_FRAMED = 1_000;

  /** A head without outer bars is short: the text behind it waits. */
  private static final int MAX_BARE = 200;

  /** A longer first cell is text; so is text before a bar that hugs it. */
  private static final int MAX_CELL = TableText.MAX_HEADER;

  /** {@code |---|:--:|}, {@code --- | ---:}, {@code > |---|}. */
  private static final Pattern RULE =
      Pattern.compile("[\\s>]*\\|?\\s*:?-+:?\\s*(?:\\|\\s*:?-+:?\\s*)*+\\|?\\s*");

  /** Lines that are rows although no rule is under them. */
  private static final Pattern ROW =
      Pattern.compile(
          """
            \\| (?: \\s+ (?: [^|\\s] [^|]*+ )? \\| ){2,}+ \\s*          # | a | b |
          | \\| (?: \\s+ [^|\\s] [^|]*+ (?<=\\s) \\| ){2,}+ \\s [^|]++   # | a | b | c
          | \\| (?: [^|\\s] (?: [^|]*+ (?<!\\s) )?+ \\| ){2,}+ \\s*     # |a|b|
          """,
          Pattern.COMMENTS);

  /** Between the bars of a row is no sign alone: {@code | x | < | y |}. */
  private static final Pattern SIGN = Pattern.compile("\\|\\s*[=<>≤≥≠≈+±·×*/∈]+\\s*\\|");

  private final HeldText held = new HeldText();
  private final HeldText firstCell = new HeldText();
  private boolean signs;
  private Form form = Form.FRAMED;
  private int lineEnd;
  private int sinceBar;
  private int before;

  /** A line begins with a bar. */
  void startFramed() {
    start(Form.FRAMED);
  }

  /** A bar comes after the first words of a line. */
  void startBare() {
    start(Form.BARE);
  }

  /** A line begins in a table without outer bars. */
  void startBareRow() {
    start(Form.BARE_ROW);
  }

  private void start(Form of) {
    form = of;
    held.clear();
    lineEnd = -1;
    sinceBar = 0;
    before = ' ';
  }

  /** A line begins: nothing is known of its bars. */
  void startLine() {
    signs = false;
    firstCell.clear();
  }

  /** A code point of a line of text, which may be the first cell of a head. */
  void note(int cp, long end) {
    if (firstCell.size() <= MAX_CELL) {
      firstCell.add(cp, end);
    }
  }

  /** What was noted; valid once. */
  HeldText firstCell() {
    return firstCell.take();
  }

  /** The bars of the line are signs. */
  void barsAreSigns() {
    signs = true;
  }

  /** Whether bars of the line are known to be signs. */
  boolean hasSigns() {
    return signs;
  }

  /** In a table without outer bars all but a blank line, a heading, a quote or code is a row. */
  static boolean mayBeRow(int cp) {
    return !Marks.isSpace(cp) && "|#`~>\n".indexOf(cp) < 0;
  }

  /** Whether a bar that comes next may end a first cell: within brackets it is a sign. */
  boolean endsFirstCell() {
    int depth = 0;
    for (int i = 0; i < firstCell.size(); i++) {
      int cp = firstCell.codePoint(i);
      depth += "([{⟨".indexOf(cp) >= 0 ? 1 : ")]}⟩".indexOf(cp) >= 0 ? -1 : 0;
      if (i > 0 && Marks.isSpace(cp) && Marks.isStop(firstCell.codePoint(i - 1))) {
        return false;
      }
    }
    boolean noted = firstCell.size() > 0 && firstCell.size() <= MAX_CELL;
    return noted && depth <= 0 && !signs;
  }

  /** Whether the first cell of the head was passed on before this began. */
  boolean isBare() {
    return form == Form.BARE;
  }

  /** Takes a code point, the first bar too. */
  State accept(int cp, long end) {
    held.add(cp, end);
    State state = lineEnd >= 0 ? under(cp) : form == Form.BARE_ROW ? bareRow(cp) : line(cp);
    before = cp;
    return state;
  }

  private State bareRow(int cp) {
    if (cp == '|' && before != '\\') {
      return State.ROW;
    }
    return cp == '\n' || held.size() > MAX_CELL ? State.TEXT : State.OPEN;
  }

  private State line(int cp) {
    if (cp == '\n') {
      lineEnd = held.size() - 1;
      return State.OPEN;
    }
    if (cp == '|' && before == '|' && form == Form.BARE) {
      return State.TEXT; // "a || b"
    }
    sinceBar = cp == '|' ? 0 : sinceBar + 1;
    boolean apart = form == Form.FRAMED && held.size() > 1 && Marks.isSpace(held.codePoint(1));
    boolean sentence = Marks.isSpace(cp) && Marks.isStop(before) && !apart;
    boolean longCell = sinceBar > MAX_CELL && !apart;
    boolean tooLong = held.size() > (form == Form.FRAMED ? MAX_FRAMED : MAX_BARE);
    return sentence || longCell || tooLong ? end() : State.OPEN;
  }

  private State under(int cp) {
    boolean rule = "|:-> \t".indexOf(cp) >= 0;
    return cp == '\n' || !rule || held.size() - lineEnd > MAX_FRAMED ? end() : State.OPEN;
  }

  /** What is held if nothing more comes. */
  State end() {
    if (form == Form.BARE_ROW) {
      return State.TEXT;
    }
    if (lineEnd >= 0) {
      String under = held.range(lineEnd + 1, held.size()).toString();
      if (under.indexOf('|') >= 0 && RULE.matcher(under).matches()) {
        return State.ROW;
      }
    }
    if (form == Form.BARE) {
      return State.TEXT;
    }
    String line = held.range(0, lineEnd >= 0 ? lineEnd : held.size()).toString();
    return ROW.matcher(line).matches() && !SIGN.matcher(line).find() ? State.ROW : State.TEXT;
  }

  /** The rest of the head, from its first bar to the end of its line. */
  HeldText head() {
    return held.range(0, lineEnd);
  }

  /** All that is held; valid once. */
  HeldText take() {
    return held.take();
  }
}
