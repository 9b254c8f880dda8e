package io.voicebus.chunker;

/** Finds clause ends: for an early first chunk, and where a long sentence must be split. */
final class ClauseBoundary {
  /**
   * Least length of a clause on its own, where an ideograph counts twice. Shorter ones ("Well,")
   * sound clipped, and leave the voice too little time to make the next chunk.
   */
  static final int MIN_WEIGHT = 12;

  private ClauseBoundary() {}

  /** Whether the text ends with a clause, given that {@code next} follows it. */
  static boolean endsClause(ChunkBuffer text, int end, int next) {
    int mark = text.before(end);
    if (!Marks.isClauseMark(mark)) {
      return false;
    }
    boolean wide = mark > 0x2000 && mark != '—';
    return (wide || mark == '—' || Marks.isSpace(next) || mark == '،' || mark == '؛')
        && weight(text, end) >= MIN_WEIGHT;
  }

  /** Whether the text ends with a clause, whatever follows. */
  static boolean surelyEndsClause(ChunkBuffer text) {
    int end = text.length();
    int mark = text.before(end);
    if (!Marks.isClauseMark(mark) || mark == ':' || end < 2) {
      return false;
    }
    int before = text.before(end - 1);
    boolean afterWord = Marks.isWordPart(before) || Marks.isCloser(before) || before == ' ';
    return afterWord && weight(text, end) >= MIN_WEIGHT;
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

  private static int weight(ChunkBuffer text, int end) {
    int weight = 0;
    for (int i = 0; i < end && weight < MIN_WEIGHT; i++) {
      char c = text.charAt(i);
      weight += Marks.isWide(c) ? 2 : Marks.isSpace(c) ? 0 : 1;
    }
    return weight;
  }
}
