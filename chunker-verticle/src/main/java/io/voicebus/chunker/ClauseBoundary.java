package io.voicebus.chunker;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds clause ends: for an early first chunk, and where a long sentence must be split. */
final class ClauseBoundary {
  /**
   * Least length of a clause on its own, where an ideograph counts twice. Shorter ones ("Well,")
   * sound clipped, and leave the voice too little time to make the next chunk.
   */
  static final int MIN_WEIGHT = 12;

  /** Least length before a conjunction, where no mark tells that a clause ends. */
  private static final int MIN_BEFORE_CONJUNCTION = 20;

  /** Least length before a preposition or an auxiliary verb. */
  private static final int MIN_BEFORE_PHRASE = 30;

  /** A first chunk that has come so far without any of these ends with a word. */
  private static final int MIN_BEFORE_WORD = 56;

  private static final long CONJUNCTION = 1;
  private static final long PHRASE = 2;
  private static final WordTable STARTERS = starters();

  private ClauseBoundary() {}

  private static WordTable starters() {
    List<String> words = WordList.words("phrase-starters.txt");
    int divider = words.indexOf("~");
    Map<String, Long> table = new HashMap<>();
    words.subList(divider + 1, words.size()).forEach(word -> table.put(word, PHRASE));
    words.subList(0, divider).forEach(word -> table.put(word, CONJUNCTION));
    return new WordTable(table);
  }

  /** Whether the text ends with a clause, given that {@code next} follows it. */
  static boolean endsClause(ChunkBuffer text, int end, int next) {
    int mark = text.before(end);
    if (!Marks.isClauseMark(mark)) {
      return false;
    }
    boolean wide = mark > 0x2000 && mark != '—';
    return (wide || mark == '—' || Marks.isSpace(next) || mark == '،' || mark == '؛')
        && isHeavy(text, end, MIN_WEIGHT);
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
    return afterWord && isHeavy(text, end, MIN_WEIGHT);
  }

  /**
   * Where a phrase ends before the text's last word, which the next code point, a space, ends.
   *
   * @return the length of the text up to that phrase, or -1
   */
  static int beforeLastWord(ChunkBuffer text) {
    int length = text.length();
    int start = length;
    while (start > 0 && text.charAt(start - 1) != ' ') {
      start--;
    }
    if (start == length || start < MIN_BEFORE_CONJUNCTION) {
      return -1;
    }
    long kind = STARTERS.get(text, start, length);
    int least =
        kind == 0
            ? MIN_BEFORE_WORD
            : (kind & CONJUNCTION) != 0 ? MIN_BEFORE_CONJUNCTION : MIN_BEFORE_PHRASE;
    boolean followsStarter = STARTERS.contains(text, wordStart(text, start - 1), start - 1);
    boolean ends = isHeavy(text, start - 1, least) && (!followsStarter || kind == 0);
    return ends && !isNumber(text, start) ? start - 1 : -1;
  }

  /** The number and its unit or its noun belong together: "3 km", "in 2005". */
  private static boolean isNumber(ChunkBuffer text, int start) {
    return Marks.isDigit(text.before(start - 1)) || Marks.isDigit(text.charAt(start));
  }

  private static int wordStart(ChunkBuffer text, int end) {
    int start = end;
    while (start > 0 && end - start < WordTable.MAX_WORD && text.charAt(start - 1) != ' ') {
      start--;
    }
    return start;
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
