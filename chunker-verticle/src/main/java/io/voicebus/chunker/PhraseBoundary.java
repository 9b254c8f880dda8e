package io.voicebus.chunker;

/**
 * Finds where an early first chunk may end although no mark is near: at words that begin a clause
 * or a phrase, and never at any other word, since a clip that ends in the middle of a phrase is
 * heard as a fault. Looks at each word once, when the space after it comes. Not thread-safe.
 */
final class PhraseBoundary {
  /** Least length before a word that begins a clause, in UTF-16 units; then it is cut at once. */
  private static final int MIN_CLAUSE = 24;

  /** Least length up to a phrase. */
  private static final int MIN_PHRASE = 32;

  /**
   * How much of a turn the model has written, in UTF-16 units, when waiting for a mark is given up,
   * and the last phrase is taken. Four of five answers have a mark before; of the others most go on
   * for long.
   */
  private static final int PATIENCE = 84;

  private static final WordTable CLAUSES = table("clause");
  private static final WordTable JOINTS = table("joint");
  private static final WordTable SUBJECTS = table("subject");
  private static final WordTable PHRASES = table("phrase");
  private static final WordTable ENDINGS = table("after");
  private static final WordTable BOUND = table("bound");

  /** The endings of Korean words that are looked up are this long. */
  private static final int ENDING = 2;

  private int clauseEnd = -1;
  private int phraseEnd = -1;

  /** Where the last word began, if it was one such as "and"; else -1. */
  private int joint = -1;

  /** Whether the text before the last word was within brackets. */
  private boolean within;

  private boolean afterFunctionWord;
  private boolean afterEnding;

  private static WordTable table(String name) {
    return WordList.byLanguage("phrases/" + name + ".txt", Languages::ofList);
  }

  /** Forgets the text so far: it has been cut off. */
  void reset() {
    clauseEnd = -1;
    phraseEnd = -1;
    joint = -1;
    within = false;
    afterFunctionWord = false;
    afterEnding = false;
  }

  /**
   * Takes the word that ends the text.
   *
   * @param open whether the text is now within brackets, or code, where it is not cut
   * @param languages the likeliest ones
   */
  void word(ChunkBuffer text, boolean open, long languages) {
    int end = text.length();
    int start = end;
    while (start > 0 && text.charAt(start - 1) != ' ') {
      start--;
    }
    boolean apart = start > 1 && start < end && !within && mayEnd(text, start);
    within = open;
    if (start == end) {
      return;
    }
    int and = joint;
    joint = -1;
    boolean clause = isClause(text, start, end, languages);
    boolean joins = has(JOINTS, text, start, end, languages);
    boolean phrase = has(PHRASES, text, start, end, languages);
    boolean bound = afterFunctionWord;
    boolean ended = afterEnding;
    afterFunctionWord =
        clause
            || joins
            || phrase
            || LanguageGuess.isFunctionWord(text, start, end, languages)
            || has(BOUND, text, start, end, languages);
    boolean hangul = Marks.isHangul(text.before(end));
    afterEnding =
        has(ENDINGS, text, hangul ? Math.max(start, end - ENDING) : start, end, languages);
    if (and > 0 && has(SUBJECTS, text, start, end, languages)) {
      clauseEnd = and;
    }
    if (!apart || (bound && !ended)) {
      return;
    }
    int before = start - 1;
    boolean number =
        Marks.isDigit(text.before(before))
            || Marks.isDigit(text.charAt(start))
            || endsWithinDate(text, before);
    if (clause) {
      clauseEnd = before;
    } else if (ended || (!number && (joins || phrase))) {
      phraseEnd = before;
      joint = joins ? before : -1;
    }
  }

  /**
   * Where the text may be cut now.
   *
   * @param written how much the model has written, in UTF-16 units
   * @return the length of the text up to there, or -1
   */
  int end(long written) {
    if (clauseEnd >= MIN_CLAUSE) {
      return clauseEnd;
    }
    return written >= PATIENCE && phraseEnd >= MIN_PHRASE ? phraseEnd : -1;
  }

  /** Whether the word that ends there is a month or an ordinal: "the 5th ‖ of May ‖ of 2029". */
  private static boolean endsWithinDate(ChunkBuffer text, int end) {
    int from = end;
    while (from > 0 && text.charAt(from - 1) != ' ') {
      from--;
    }
    return DateWords.isMonth(text, from, end) || DateWords.isOrdinal(text, from, end);
  }

  /** Whether there is a word before the one that starts there, of a script that has spaces. */
  private static boolean mayEnd(ChunkBuffer text, int start) {
    int before = text.before(start - 1);
    boolean word = Marks.isWordPart(before) || Marks.isDigit(before) || Marks.isCloser(before);
    return word && !Marks.isWide(before) && !Marks.isWide(text.charAt(start));
  }

  /** Whether a clause begins with the word, or with what of it comes before an apostrophe. */
  private static boolean isClause(ChunkBuffer text, int start, int end, long languages) {
    int elided = start;
    while (elided < end && text.charAt(elided) != '\'' && text.charAt(elided) != '’') {
      elided++;
    }
    return has(CLAUSES, text, start, end, languages)
        || (elided < end && has(CLAUSES, text, start, elided + 1, languages));
  }

  private static boolean has(
      WordTable table, ChunkBuffer text, int start, int end, long languages) {
    return (table.get(text, start, end) & languages) != 0;
  }
}
