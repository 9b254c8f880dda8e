package io.voicebus.chunker;

/** Finds the marks at which clauses end: for an early start, and where a long sentence is split. */
final class ClauseBoundary {
  /**
   * Least length of a clause with its mark, where an ideograph counts twice: "Yes," is one, as
   * "Yes!" is a sentence, but not the "A," of a list.
   */
  static final int MIN_WEIGHT = 4;

  private ClauseBoundary() {}

  /** Whether the text ends with a clause, given that {@code next} follows it. */
  static boolean endsClause(ChunkBuffer text, int end, int next) {
    int at = end;
    while (at > 1 && Marks.isCloser(text.before(at))) {
      at--;
    }
    int mark = text.before(at);
    boolean dash = isDash(mark) && stands(text, at);
    if (mark == ':' && isQuotient(text, at)) {
      return false;
    }
    if (!Marks.isClauseMark(mark) && !dash) {
      return false;
    }
    if (mark == '—' && (Marks.isStop(next) || Marks.isClauseMark(next) || opens(text, at, next))) {
      return false;
    }
    boolean wide = mark > 0x2000 && !isDash(mark) && mark != '—';
    boolean afterMark = wide || mark == '—' || mark == '،' || mark == '؛';
    return (afterMark || Marks.isSpace(next)) && isHeavy(text, end, MIN_WEIGHT);
  }

  /** Whether an em dash opens a parenthesis, as in "dijo él —en voz baja—. Son las ocho." */
  private static boolean opens(ChunkBuffer text, int end, int next) {
    return Marks.isSpace(text.before(end - 1)) && !Marks.isSpace(next);
  }

  /** A hyphen or an en dash, which divides clauses only between spaces. */
  static boolean isDash(int cp) {
    return cp == '-' || cp == '–';
  }

  /**
   * Whether the dash, or the second of "--", stands after a space and is not within "5 - 3" or "6x
   * - 4".
   */
  private static boolean stands(ChunkBuffer text, int end) {
    int space = text.before(end - 1) == '-' ? end - 2 : end - 1;
    return Marks.isSpace(text.before(space)) && !isTerm(text, space - 1);
  }

  /** Whether a number ends there, or one with a letter or a power: "6x", "x²", "2(a+b)". */
  private static boolean isTerm(ChunkBuffer text, int end) {
    int last = text.before(end);
    boolean power = "²³⁴⁵⁶⁷⁸⁹".indexOf(last) >= 0;
    boolean variable = Marks.isLetter(last) && Marks.isDigit(text.before(end - 1));
    return Marks.isDigit(last) || power || variable;
  }

  /** Whether the colon divides, as in "7 · 8 = 56, 56 : 8 = 7". */
  private static boolean isQuotient(ChunkBuffer text, int end) {
    return Marks.isSpace(text.before(end - 1))
        && Marks.isDigit(text.before(end - 2))
        && text.subSequence(0, end).toString().indexOf('=') >= 0;
  }

  /**
   * Whether the text ends with a clause, whatever follows. After an ideograph, a mark that a space
   * follows does not show it.
   */
  static boolean surelyEndsClause(ChunkBuffer text) {
    int end = text.length();
    int mark = text.before(end);
    if (!Marks.isClauseMark(mark) || mark == ':' || mark == '—' || end < 2) {
      return false;
    }
    int before = text.before(end - 1);
    boolean face = mark == ';' && before == ' '; // ";-)"
    boolean afterWord =
        !face && (Marks.isWordPart(before) || Marks.isCloser(before) || before == ' ');
    boolean spaced = mark < 0x7F && Marks.isWide(before);
    return afterWord && !spaced && isHeavy(text, end, MIN_WEIGHT);
  }

  /** The last clause end in {@code [from, to]}, or -1; not within a word or number. */
  static int last(ChunkBuffer text, int from, int to) {
    for (int end = to; end >= from && end > 0; end--) {
      int next = end < text.length() ? text.charAt(end) : 'x';
      if (endsClause(text, end, next)) {
        return end;
      }
    }
    return -1;
  }

  private static boolean isHeavy(ChunkBuffer text, int end, int least) {
    int weight = 0;
    for (int i = 0; i < end && weight < least; i++) {
      char c = text.charAt(i);
      weight += Marks.isWide(c) ? 2 : Marks.isSpace(c) ? 0 : 1;
    }
    return weight >= least;
  }
}
