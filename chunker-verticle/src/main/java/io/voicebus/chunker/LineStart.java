package io.voicebus.chunker;

/** Reads the first characters of a Markdown line until they show what kind of line it is. */
final class LineStart {
  /** What the characters so far make of the line. */
  enum Kind {
    /** Not known yet. */
    OPEN,
    /** Nothing special: the held characters are text. */
    TEXT,
    BLANK,
    HEADING,
    BULLET,
    NUMBER,
    QUOTE,
    FENCE,
    /** A horizontal rule or the underline of a heading. */
    RULE,
    /** The line under a table's head, when rows have no outer bars. */
    TABLE_RULE,
    ROW
  }

  /** Longest run of marks held at the start of a line; a longer one is text. */
  private static final int MAX_RUN = 256;

  /** CommonMark: an ordered list number has at most nine digits. */
  private static final int MAX_DIGITS = 9;

  /** Letters beyond are seldom those of a list. */
  private static final char LAST_LETTER = 'h';

  private int mark;
  private int run;
  private boolean closed;
  private boolean inItem;

  /** Whether "a." begins an item: the line is within one. */
  void inItem(boolean within) {
    inItem = within;
  }

  void reset() {
    mark = 0;
    run = 0;
    closed = false;
  }

  /** How often the mark was repeated, for the length of a fence. */
  int run() {
    return run;
  }

  /** The mark that the line starts with; '0' for any digit, 'a' for any letter. */
  int mark() {
    return mark;
  }

  Kind accept(int cp) {
    if (run == 0) {
      return first(cp);
    }
    if (run > MAX_RUN) {
      return Kind.TEXT;
    }
    return switch (mark) {
      case '#' -> heading(cp);
      case '`', '~' -> fence(cp);
      case '0' -> number(cp);
      case 'a' -> letter(cp);
      default -> bulletOrRule(cp);
    };
  }

  private Kind first(int cp) {
    if (cp == '\n') {
      return Kind.BLANK;
    }
    if (Marks.isSpace(cp)) {
      return Kind.OPEN;
    }
    if (cp == '>') {
      return Kind.QUOTE;
    }
    if (cp == '|') {
      return Kind.ROW;
    }
    boolean digit = cp >= '0' && cp <= '9';
    if (digit || "#-+*_=`~•".indexOf(cp) >= 0) {
      mark = digit ? '0' : cp;
      run = 1;
      return Kind.OPEN;
    }
    if (inItem && cp >= 'a' && cp <= LAST_LETTER) {
      mark = 'a';
      run = 1;
      return Kind.OPEN;
    }
    return Kind.TEXT;
  }

  /** "a. Define the scope" in an item of a list. */
  private Kind letter(int cp) {
    if (closed) {
      return Marks.isSpace(cp) ? Kind.NUMBER : Kind.TEXT;
    }
    closed = cp == '.' || cp == ')';
    return closed ? Kind.OPEN : Kind.TEXT;
  }

  private Kind heading(int cp) {
    if (cp == '#' && run < 6) {
      run++;
      return Kind.OPEN;
    }
    return Marks.isSpace(cp) ? Kind.HEADING : Kind.TEXT;
  }

  private Kind fence(int cp) {
    if (cp == mark) {
      run++;
      return Kind.OPEN;
    }
    return run >= 3 ? Kind.FENCE : Kind.TEXT;
  }

  private Kind number(int cp) {
    if (closed) {
      return Marks.isSpace(cp) ? Kind.NUMBER : Kind.TEXT;
    }
    if (cp >= '0' && cp <= '9' && run < MAX_DIGITS) {
      run++;
      return Kind.OPEN;
    }
    closed = cp == '.' || cp == ')';
    return closed ? Kind.OPEN : Kind.TEXT;
  }

  private Kind bulletOrRule(int cp) {
    boolean bullet = run == 1 && "-+*•".indexOf(mark) >= 0;
    if (cp == '\n') {
      return bullet || isRule() ? Kind.RULE : Kind.TEXT;
    }
    if (Marks.isSpace(cp)) {
      if (bullet) {
        return Kind.BULLET;
      }
      closed = true;
      return isRule() ? Kind.OPEN : Kind.TEXT;
    }
    if (cp == mark && !closed) {
      run++;
      return Kind.OPEN;
    }
    return cp == '|' && mark == '-' && run >= 3 ? Kind.TABLE_RULE : Kind.TEXT;
  }

  private boolean isRule() {
    return run >= 3 && "-*_=".indexOf(mark) >= 0;
  }

  /**
   * Whether a code point of a heading's line may be of the marks that close it: a space and then
   * marks up to the line's end, {@code ## Title ##}.
   *
   * @param marks those that have come
   */
  static boolean closesHeading(HeldText marks, int cp) {
    boolean started = marks.size() > 0;
    return marks.size() < MAX_RUN
        && (Marks.isSpace(cp)
            ? !started || marks.codePoint(marks.size() - 1) == '#'
            : started && cp == '#');
  }
}
