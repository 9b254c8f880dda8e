package io.voicebus.chunker;

import io.voicebus.chunker.SentenceBoundary.Verdict;
import java.util.Set;

/** A possible sentence end that waits for the characters after it. */
final class Candidate {
  /** What the next character makes of the candidate. */
  enum Step {
    WAIT,
    CUT,
    DROP
  }

  /** Kana that go on with a sentence after a Japanese quote: と言った, って, は … */
  private static final String PARTICLES = "とっはがをにのもでへやなだか";

  /** Words that often start a sentence and are seldom part of a name. */
  private static final Set<String> STARTERS = Set.copyOf(WordList.words("sentence-starters.txt"));

  /** Longest word that is compared with the list, in UTF-16 units. */
  private static final int MAX_STARTER = 12;

  private final StringBuilder word = new StringBuilder();
  private int end = -1;
  private int mark;
  private Verdict verdict = Verdict.AT_SPACE;
  private boolean closed;
  private boolean afterSpace;
  private boolean line;
  private boolean address;

  /**
   * Starts to wait.
   *
   * @param end length of the text up to and with the mark
   */
  void open(int end, int mark, Verdict verdict, boolean address) {
    this.end = end;
    this.mark = mark;
    this.verdict = verdict;
    this.address = address;
    closed = false;
    afterSpace = false;
    line = false;
    word.setLength(0);
  }

  /** Waits after a line end, of which only the next line's first letter shows what it means. */
  void lineEnd(int end) {
    open(end, '\n', Verdict.BY_NEXT_WORD, false);
    afterSpace = true;
    line = true;
  }

  void drop() {
    end = -1;
  }

  boolean isOpen() {
    return end > 0;
  }

  /** Length of the text up to the boundary, with closing quotes and brackets. */
  int end() {
    return end;
  }

  /** Whether the text ends here if its line does. */
  boolean endsAt(int length) {
    return end == length && end > 0 && !afterSpace;
  }

  /** Text before the candidate was cut off. */
  void shift(int removed) {
    end = end > removed ? end - removed : -1;
  }

  /**
   * Looks at the next character.
   *
   * @param pairs what is still open before it
   * @param length length of the text before it
   */
  Step follow(int next, OpenPairs pairs, int length) {
    return afterSpace ? nextWord(next, pairs, length) : atMark(next, pairs, length);
  }

  private Step atMark(int next, OpenPairs pairs, int length) {
    boolean inBrackets = pairs.inBrackets();
    if (Marks.isSpace(next)) {
      if (inBrackets) {
        return Step.DROP;
      }
      boolean doubt = verdict == Verdict.BY_NEXT_WORD || verdict == Verdict.BY_STARTER;
      afterSpace = closed || doubt || pairs.inSpacedQuote();
      return afterSpace ? Step.WAIT : Step.CUT;
    }
    if (Marks.isStop(next)) {
      return Step.DROP; // it opens a candidate of its own
    }
    if (Marks.isCloser(next) || Marks.isCombining(next) || pairs.closes(next)) {
      closed = true;
      end = length + 1;
      return Step.WAIT;
    }
    boolean decimal = mark == '．' && Character.isDigit(next);
    if (inBrackets || address || decimal || !Marks.isHardStop(mark)) {
      return Step.DROP;
    }
    boolean goesOn = closed && (PARTICLES.indexOf(next) >= 0 || Marks.isClauseMark(next));
    boolean word = Character.isLetter(next) || Marks.isOpener(next);
    return !goesOn && (Marks.isWideStop(mark) || word) ? Step.CUT : Step.DROP;
  }

  private Step nextWord(int next, OpenPairs pairs, int length) {
    if (pairs.closes(next)) {
      closed = true;
      afterSpace = false;
      end = length + 1;
      return Step.WAIT;
    }
    if (verdict == Verdict.BY_STARTER && (!word.isEmpty() || Character.isUpperCase(next))) {
      return starter(next);
    }
    if (Marks.isSpace(next) || Marks.isOpener(next)) {
      return Step.WAIT;
    }
    if (Character.isDigit(next)) {
      return line || closed ? Step.CUT : Step.DROP;
    }
    boolean starts = Character.isLetter(next) || Marks.isPicture(next);
    return starts && !Character.isLowerCase(next) ? Step.CUT : Step.DROP;
  }

  private Step starter(int next) {
    if (Character.isLetter(next) && word.length() < MAX_STARTER) {
      word.appendCodePoint(next);
      return Step.WAIT;
    }
    return STARTERS.contains(word.toString()) ? Step.CUT : Step.DROP;
  }
}
