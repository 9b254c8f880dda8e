package io.voicebus.chunker;

/**
 * Tracks whether the text is within brackets or quotation marks. A pair that stays open for {@link
 * #MAX_LENGTH} or {@link #MAX_QUOTE} code points is taken for a stray mark.
 */
final class OpenPairs {
  static final int MAX_LENGTH = 250;

  /** The same for quotation marks, which may hold many sentences. */
  static final int MAX_QUOTE = 1_500;

  private int brackets;
  private int quote;

  /** The quote that this one is in; 0 if it is in none. */
  private int outer;

  private boolean single;
  private boolean spaced;
  private int age;
  private int last = ' ';

  void reset() {
    brackets = 0;
    quote = 0;
    outer = 0;
    single = false;
    spaced = false;
    age = 0;
    last = ' ';
  }

  boolean inBrackets() {
    return brackets > 0;
  }

  /** Whether a mark that may also open a pair closes one: “ after „, « after », » after «. */
  boolean closes(int cp) {
    return (cp == '“' && quote == '„')
        || (cp == '«' && quote == '»')
        || (cp == '»' && quote == '«')
        || (cp == '"' && quote == '"');
  }

  /** Whether a space came after the quote's opening mark, so that one may come before the other. */
  boolean inSpacedQuote() {
    return quote != 0 && spaced;
  }

  boolean inPair() {
    return brackets > 0 || quote != 0 || single;
  }

  /**
   * Takes the next code point.
   *
   * @param before the one before it; a space at the start
   */
  void accept(int cp, int before) {
    if (inPair()) {
      age++;
      if (age > MAX_LENGTH) {
        brackets = 0;
      }
      if (age > MAX_QUOTE) {
        reset();
      }
      if (Marks.isSpace(cp) && before == quote && last == quote) {
        spaced = true;
      }
    }
    last = cp;
    if (Marks.isOrdinary(cp) || cp == ' ') {
      return;
    }
    switch (cp) {
      case '(' -> brackets += before == ':' || before == ';' || before == '-' ? 0 : 1;
      case '[', '{', '（', '【', '《' -> brackets++;
      case ')', ']', '}', '）', '】', '》' -> brackets = Math.max(0, brackets - 1);
      case '"' -> straight(before);
      case '“' -> quote(quote == '„' ? 0 : '“');
      case '„' -> quote(cp);
      case '「', '『' -> open(cp);
      case '」', '』' -> close(cp == '」' ? '「' : '『');
      case '”' -> quote(0);
      case '«', '»' -> quote(quote == 0 ? cp : 0);
      case '`' -> single |= before == '`';
      case '\'', '‘', '’' -> single(cp, before);
      default -> {}
    }
    if (!inPair()) {
      age = 0;
    }
  }

  private void quote(int mark) {
    quote = mark;
    spaced = false;
  }

  /** Japanese quotes are within each other: 「…『…』…」. */
  private void open(int mark) {
    outer = quote == mark ? outer : quote;
    quote(mark);
  }

  private void close(int opening) {
    quote(quote == opening ? outer : 0);
    outer = 0;
  }

  /** A straight mark after a digit is one of inches, unless it closes a quote. */
  private void straight(int before) {
    if (quote != 0) {
      quote(0);
    } else if (!Character.isDigit(before)) {
      quote('"');
    }
  }

  /** A single mark opens a quote before a word; after one it closes it, or is an apostrophe. */
  private void single(int cp, int before) {
    boolean opens = cp != '’' && (Marks.isSpace(before) || Marks.isOpener(before));
    if (opens) {
      single = true;
    } else if (!Marks.isLetter(before)) {
      single = false;
    }
  }
}
