package io.voicebus.chunker;

/**
 * Tracks whether the text is within brackets or quotation marks. A pair that stays open for {@link
 * #MAX_LENGTH} code points is taken for a stray mark. Single quotes are left out: they are mostly
 * apostrophes.
 */
final class OpenPairs {
  static final int MAX_LENGTH = 400;

  private int brackets;
  private int quote;
  private int age;

  void reset() {
    brackets = 0;
    quote = 0;
    age = 0;
  }

  boolean inBrackets() {
    return brackets > 0;
  }

  boolean inQuote() {
    return quote != 0;
  }

  /** Whether a mark that may also open a pair closes one: “ after „, « after », » after «. */
  boolean closes(int cp) {
    return (cp == '“' && quote == '„')
        || (cp == '«' && quote == '»')
        || (cp == '»' && quote == '«');
  }

  /** Whether the quote is one that the French put a space into: « oui ». */
  boolean inSpacedQuote() {
    return quote == '«';
  }

  boolean inPair() {
    return brackets > 0 || quote != 0;
  }

  void accept(int cp, int before) {
    if (inPair() && ++age > MAX_LENGTH) {
      reset();
    }
    switch (cp) {
      case '(', '[', '{', '（', '【', '《' -> brackets++;
      case ')', ']', '}', '）', '】', '》' -> brackets = Math.max(0, brackets - 1);
      case '"' -> straight(before);
      case '“' -> quote = quote == '„' ? 0 : '“';
      case '„', '「', '『' -> quote = cp;
      case '”', '」', '』' -> quote = 0;
      case '«', '»' -> quote = quote == 0 ? cp : 0;
      default -> {}
    }
    if (!inPair()) {
      age = 0;
    }
  }

  /** A straight mark after a digit is one of inches, unless it closes a quote. */
  private void straight(int before) {
    if (quote != 0) {
      quote = 0;
    } else if (!Character.isDigit(before)) {
      quote = '"';
    }
  }
}
