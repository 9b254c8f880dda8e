package io.voicebus.chunker;

/**
 * The end of a clause at which an early chunk may end, held until what follows the mark shows that
 * it is one. Not thread-safe.
 */
final class FirstClause {
  /** Nothing ends yet. */
  static final int NONE = -1;

  private int end = NONE;

  /** Whether an end is held. */
  boolean isOpen() {
    return end > 0;
  }

  void drop() {
    end = NONE;
  }

  /**
   * Takes a mark, with which the text ends now.
   *
   * @param inside whether the text is within an address, a pair of quotes or brackets
   * @return where the text is cut at once, or {@link #NONE}
   */
  int mark(ChunkBuffer text, int cp, boolean inside) {
    int length = text.length();
    boolean sure = ClauseBoundary.surelyEndsClause(text) && !DateWords.mayGoOn(text, length);
    if (sure && !inside) {
      return length;
    }
    if (Marks.isClauseMark(cp) || ClauseBoundary.isDash(cp)) {
      end = length;
    }
    return NONE;
  }

  /**
   * Looks at what follows the text.
   *
   * @return where the text is cut, or {@link #NONE}
   */
  int follow(ChunkBuffer text, int next) {
    int held = end;
    if (DateWords.mayGoOn(text, held) && waitsForDate(text, held, next)) {
      return NONE;
    }
    end = NONE;
    if (held < text.length()) {
      return DateWords.goesOn(text, held, next) ? NONE : held;
    }
    if (Marks.isCloser(next)) {
      end = held + 1;
      return NONE;
    }
    return ClauseBoundary.endsClause(text, held, next) ? held : NONE;
  }

  /** Whether what follows the comma of a day or weekday is not known yet. */
  private static boolean waitsForDate(ChunkBuffer text, int end, int next) {
    boolean apart = end < text.length();
    if (Marks.isSpace(next)) {
      return text.trimmedLength() == end;
    }
    return apart && Marks.isLetter(next) && DateWords.isAfterWeekday(text, end);
  }
}
