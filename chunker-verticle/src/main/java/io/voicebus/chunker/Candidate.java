package io.voicebus.chunker;

import io.voicebus.chunker.SentenceBoundary.Verdict;
import java.nio.CharBuffer;

/** A possible sentence end that waits for the characters after it. */
final class Candidate {
  /** What the next character makes of the candidate. */
  enum Step {
    WAIT,
    CUT,
    DROP
  }

  /** What a capital right after the mark starts. */
  enum Joint {
    /** No sentence. */
    NONE,
    /** A sentence if it begins with a word that often does: "Berlin.We went", "Decimal.Parse". */
    STARTER,
    /** A sentence, unless it is a name in a program: "fields...I had", "list.Add(it)". */
    WORD
  }

  private enum Phase {
    /** Directly after the mark, or after what closes behind it. */
    AT_MARK,
    /** After white space. */
    AFTER_SPACE,
    /** Within the next word. */
    IN_WORD,
    /** Within a word that follows the mark directly: "number.Now let us" or "list.Add(it)". */
    JOINED,
    /** After a dash behind the mark: "Ready? – Yes." or "Ready? – she asked." */
    AFTER_DASH,
    /** Within a number in square brackets. */
    IN_CITATION,
    /** Within an emoticon. */
    IN_EMOTICON
  }

  /** Kana that go on with a sentence after a Japanese quote: と言った, って, は … */
  private static final String PARTICLES = "とっはがをにのもでへやなだか";

  /** What may follow the eyes of an emoticon. */
  private static final String FACES = "-'^()[]|/\\*DdPpOoXxc3";

  /** Longest emoticon after its eyes. */
  private static final int MAX_FACE = 3;

  /** Words that often start a sentence and are seldom part of a name. */
  private static final WordTable STARTERS = WordList.table("sentence-starters.txt");

  /** Words that follow a time of day: zones, and parts of the day. */
  private static final WordTable TIME_WORDS = WordList.table("time-words.txt");

  /** The longest title with a stop: "Messrs." */
  private static final int MAX_TITLE = 6;

  private final char[] word = new char[WordTable.MAX_WORD];
  private final CharSequence view = CharBuffer.wrap(word);
  private int length;
  private int end = -1;
  private int mark;
  private Verdict verdict = Verdict.AT_SPACE;
  private Phase phase = Phase.AT_MARK;
  private boolean closed;
  private boolean line;
  private boolean address;
  private Joint joined = Joint.NONE;
  private boolean trailing;
  private boolean small;
  private boolean asked;

  /**
   * Starts to wait.
   *
   * @param end length of the text up to and with the mark
   * @param address whether the mark is within an address
   * @param joined what a capital right after it starts
   * @param style how the author sets marks
   */
  void open(int end, int mark, Verdict verdict, boolean address, Joint joined, Style style) {
    open(end, mark, verdict, address, joined, style.isTrailing());
    small = style.startsSmall();
    asked = style.hasAsked();
  }

  private void open(
      int end, int mark, Verdict verdict, boolean address, Joint joined, boolean trailing) {
    this.end = end;
    this.mark = mark;
    this.verdict = verdict;
    this.address = address;
    this.joined = joined;
    this.trailing = trailing;
    phase = Phase.AT_MARK;
    closed = false;
    line = false;
    length = 0;
  }

  /** Something that belongs to the sentence stands after its mark and a space. */
  void trailing() {
    trailing = true;
  }

  /** Waits after a line end, of which only the next line's first letter shows what it means. */
  void lineEnd(int end) {
    open(end, '\n', Verdict.BY_NEXT_WORD, false, Joint.NONE, false);
    phase = Phase.AFTER_SPACE;
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

  /** Whether it is a line's end. */
  boolean endsLine(int length) {
    return line && end == length;
  }

  /** Whether the text ends here if its line does. */
  boolean endsAt(int length) {
    return end == length && end > 0 && phase == Phase.AT_MARK;
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
    return switch (phase) {
      case AT_MARK -> atMark(next, pairs, length);
      case AFTER_SPACE -> afterSpace(next, pairs, length);
      case IN_WORD -> inWord(next);
      case JOINED -> joined(next);
      case AFTER_DASH -> afterDash(next);
      case IN_CITATION -> inCitation(next, length);
      case IN_EMOTICON -> inEmoticon(next, length);
    };
  }

  private Step atMark(int next, OpenPairs pairs, int length) {
    boolean inBrackets = pairs.inBrackets();
    if (Marks.isSpace(next)) {
      if (inBrackets) {
        return Step.DROP;
      }
      boolean certain = verdict == Verdict.AT_SPACE && !closed && !trailing;
      if (certain && !pairs.inSpacedQuote()) {
        return Step.CUT;
      }
      phase = Phase.AFTER_SPACE;
      return Step.WAIT;
    }
    if (Marks.isStop(next)) {
      return Step.DROP; // it opens a candidate of its own
    }
    if (Marks.isCloser(next) || Marks.isCombining(next) || pairs.closes(next)) {
      closed = true;
      end = length + 1;
      return Step.WAIT;
    }
    if (inBrackets || address) {
      return Step.DROP;
    }
    if (next == '[') {
      phase = Phase.IN_CITATION;
      this.length = 0;
      return Step.WAIT;
    }
    if (!Marks.isHardStop(mark)) {
      if (joined == Joint.NONE || (!Marks.isUpper(next) && !opensQuote(next))) {
        return Step.DROP;
      }
      phase = Phase.JOINED;
      this.length = 0;
      return opensQuote(next) ? Step.CUT : joined(next);
    }
    boolean decimal = mark == '．' && Marks.isDigit(next);
    boolean goesOn = closed && (PARTICLES.indexOf(next) >= 0 || Marks.isClauseMark(next));
    boolean word = (Marks.isLetter(next) && !Marks.isLower(next)) || Marks.isOpener(next);
    boolean starts = Marks.isWideStop(mark) || word;
    return !decimal && !goesOn && starts ? Step.CUT : Step.DROP;
  }

  private Step afterSpace(int next, OpenPairs pairs, int length) {
    if (pairs.closes(next)) {
      closed = true;
      phase = Phase.AT_MARK;
      end = length + 1;
      return Step.WAIT;
    }
    if (Marks.isSpace(next)) {
      return Step.WAIT;
    }
    boolean abbreviation =
        verdict == Verdict.BY_CAPITAL
            || verdict == Verdict.BY_STARTER
            || verdict == Verdict.AFTER_TIME;
    if (Marks.isLetter(next)) {
      return letter(next, abbreviation);
    }
    if (Marks.isDigit(next)) {
      boolean cutShort =
          (verdict == Verdict.UNLESS_SMALL && mark == '.') || (verdict == Verdict.ANSWER && !asked);
      return abbreviation || cutShort ? Step.DROP : Step.CUT;
    }
    if (next == '&') {
      return Step.DROP; // "Fermé dim. & fériés"
    }
    boolean hard = verdict == Verdict.UNLESS_SMALL && Marks.isHardStop(mark);
    if (hard && (ClauseBoundary.isDash(next) || next == '—')) {
      phase = Phase.AFTER_DASH;
      return Step.WAIT;
    }
    if (hard && next == '=') {
      return Step.DROP; // "4! = 24"
    }
    if (next == '[' && !abbreviation && !line) {
      phase = Phase.IN_CITATION;
      this.length = 0;
      return Step.WAIT;
    }
    if ((next == ':' || next == ';') && trailing && !abbreviation) {
      phase = Phase.IN_EMOTICON;
      this.length = 0;
      return Step.WAIT;
    }
    if (Marks.isOpener(next)) {
      boolean certain =
          (verdict == Verdict.AT_SPACE || verdict == Verdict.UNLESS_SMALL)
              && (!closed || next == '(');
      return certain ? Step.CUT : Step.WAIT;
    }
    if (Marks.isStop(next) || Marks.isClauseMark(next) || Marks.isCloser(next)) {
      return Step.DROP;
    }
    return abbreviation || closed ? (Marks.isPicture(next) ? Step.CUT : Step.DROP) : Step.CUT;
  }

  private Step letter(int next, boolean abbreviation) {
    if (verdict == Verdict.BY_STARTER) {
      phase = Phase.IN_WORD;
      length = 0;
      return Marks.isUpper(next) ? inWord(next) : Step.DROP;
    }
    boolean capital = verdict == Verdict.BY_CAPITAL && mark == '.' && Marks.isUpper(next);
    boolean known = verdict == Verdict.AFTER_TIME || verdict == Verdict.UNLESS_MONTH;
    boolean move = verdict == Verdict.BY_NEXT_WORD && mark == '.' && ChessMoves.mayBegin(next);
    if (capital || move || (known && Marks.isUpper(next))) {
      phase = Phase.IN_WORD;
      length = 0;
      return inWord(next);
    }
    if (Marks.isLower(next)) {
      boolean certain =
          (verdict == Verdict.AT_SPACE || (verdict == Verdict.UNLESS_SMALL && small)) && !closed;
      return certain ? Step.CUT : Step.DROP;
    }
    boolean caseless = !Marks.isUpper(next);
    boolean goesOn = caseless && (abbreviation || (closed && PARTICLES.indexOf(next) >= 0));
    return goesOn ? Step.DROP : Step.CUT;
  }

  private Step inWord(int next) {
    if (Marks.isLetter(next) && length < word.length) {
      word[length++] = (char) next;
      boolean decided =
          (verdict == Verdict.BY_CAPITAL && length > 1 && !isNumeral())
              || (verdict == Verdict.BY_NEXT_WORD && !ChessMoves.isPiece(view, length));
      return decided ? Step.CUT : Step.WAIT;
    }
    if (verdict == Verdict.BY_CAPITAL) {
      return (length > 1 && isNumeral()) || isLabel(next) ? Step.DROP : Step.CUT; // "vol. III"
    }
    if (mark == '.' && next == '-' && length == 1 && word[0] == 'O') {
      return Step.DROP; // "4. O-O"
    }
    boolean move = Marks.isDigit(next) && ChessMoves.isBeforeRank(view, length); // "4. Qc2"
    if (verdict == Verdict.BY_NEXT_WORD) {
      return move ? Step.DROP : Step.CUT;
    }
    if (verdict == Verdict.UNLESS_MONTH) {
      boolean floor = isZone() && length == 2; // "im 2. OG"
      return move || floor || DateWords.isMonth(view, 0, length) ? Step.DROP : Step.CUT; // "3. Mai"
    }
    if (verdict == Verdict.AFTER_TIME) {
      boolean title = next == '.' && length <= MAX_TITLE;
      return title
              || TIME_WORDS.contains(view, 0, length)
              || isZone()
              || DateWords.contains(view, 0, length)
          ? Step.DROP
          : Step.CUT;
    }
    if (isLabel(next)) {
      return Step.DROP; // another initial
    }
    return STARTERS.contains(view, 0, length) ? Step.CUT : Step.DROP;
  }

  /** Whether the word has capitals only, as "PST". */
  private boolean isZone() {
    boolean zone = length > 1;
    for (int i = 0; i < length; i++) {
      zone &= Marks.isUpper(word[i]);
    }
    return zone;
  }

  /** "Bldg. C,", "art. L. 3": one capital that no word follows at once. */
  private boolean isLabel(int next) {
    return length == 1 && ".,;)".indexOf(next) >= 0;
  }

  private boolean isNumeral() {
    boolean numeral = true;
    for (int i = 0; i < length; i++) {
      numeral &= "IVXLCDM".indexOf(word[i]) >= 0;
    }
    return numeral;
  }

  private Step joined(int next) {
    if (Marks.isLetter(next) && length < word.length && (length == 0 || !Marks.isUpper(next))) {
      word[length++] = (char) next;
      return Step.WAIT;
    }
    boolean title =
        next == '.'
            && Abbreviations.find(view, 0, length, Languages.ALL) == Abbreviations.Kind.NEVER_ENDS;
    boolean ends = Marks.isSpace(next) || ",'’:".indexOf(next) >= 0 || title;
    boolean starts = joined == Joint.WORD || title || STARTERS.contains(view, 0, length);
    return ends && starts ? Step.CUT : Step.DROP;
  }

  private Step afterDash(int next) {
    if (Marks.isSpace(next) || ClauseBoundary.isDash(next)) {
      return Step.WAIT;
    }
    return Marks.isLower(next) ? Step.DROP : Step.CUT;
  }

  private static boolean opensQuote(int cp) {
    return "\"“‘„«「『¿¡".indexOf(cp) >= 0;
  }

  private Step inCitation(int next, int textLength) {
    if (Marks.isDigit(next)) {
      length++;
      return Step.WAIT;
    }
    if (next == ']' && length > 0) {
      end = textLength + 1;
      phase = Phase.AT_MARK;
      boolean number = verdict == Verdict.BY_NEXT_WORD || verdict == Verdict.UNLESS_MONTH;
      verdict = number ? Verdict.AT_SPACE : verdict;
      trailing = true;
      return Step.WAIT;
    }
    return Marks.isLower(next) ? Step.DROP : Step.CUT;
  }

  private Step inEmoticon(int next, int textLength) {
    if (Marks.isSpace(next)) {
      end = length > 0 ? textLength : end;
      return Step.CUT;
    }
    length++;
    return length <= MAX_FACE && FACES.indexOf(next) >= 0 ? Step.WAIT : Step.CUT;
  }
}
