package io.voicebus.chunker;

import io.voicebus.chunker.Candidate.Joint;
import io.voicebus.chunker.ChunkBuffer.Piece;
import io.voicebus.chunker.SentenceBoundary.Verdict;
import io.voicebus.contract.ChunkEnd;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts speakable text at sentence ends, an early first clause, block ends, and where it is too
 * long. It looks only at what came before and, where that leaves doubt, at the next word's first
 * character, never at where deltas end: so any split into deltas gives the same pieces. Holds at
 * most one chunk. Not thread-safe.
 */
final class BoundaryScanner implements SpokenText {
  /**
   * While less was said, in UTF-16 units, a chunk may end with a clause: after a clip of "Yes," the
   * next is wanted soon, too.
   */
  private static final int OPENING = 16;

  /** Phrases between blanks, as in Thai, are joined up to this length, in UTF-16 units. */
  private static final int SPACED_PHRASE = 48;

  /** A line this long was wrapped, so that its end means nothing; in UTF-16 units. */
  private static final int WRAPPED_LINE = 60;

  private static final int LAST_LATIN = 0x24F;

  private final ChunkerOptions options;
  private final ChunkBuffer buffer = new ChunkBuffer();
  private final OpenPairs pairs = new OpenPairs();
  private final LanguageGuess language = new LanguageGuess();
  private final Style style = new Style();
  private final ListNumbers numbers = new ListNumbers();
  private final Candidate candidate = new Candidate();
  private List<Piece> pieces = new ArrayList<>();
  private final PhraseBoundary phrases = new PhraseBoundary();
  private final FirstClause clause = new FirstClause();
  private final AddressRun address = new AddressRun();
  private int said;

  private int lastLetter = ' ';
  private boolean kana;
  private long languages = Languages.ALL;
  private int lineStart;

  /** Where the number of an item ends, with its stop, if the text ends with it; else negative. */
  private int itemEnd = -1;

  BoundaryScanner(ChunkerOptions options) {
    this.options = options;
  }

  /** Hands over the pieces cut since the last call. */
  List<Piece> take() {
    if (pieces.isEmpty()) {
      return List.of();
    }
    List<Piece> taken = pieces;
    pieces = new ArrayList<>();
    return taken;
  }

  /** Takes text that is not spoken here, as evidence of the language of the text after it. */
  void passedOver(int cp) {
    languages = language.languages();
    language.accept(cp);
  }

  @Override
  public void text(int cp, long end, boolean verbatim) {
    if (Marks.isInvisible(cp)) {
      return;
    }
    languages = language.languages(); // before the word that ends here: "med." is not Danish
    language.accept(cp);
    if (itemEnd > 0) {
      itemNumber(cp);
    }
    if (clause.isOpen()) {
      cutClause(clause.follow(buffer, cp));
    }
    if (candidate.isOpen()) {
      resolve(cp);
    }
    if (cp > 0x0DFF && Marks.isPhraseWritten(cp)) {
      endSpacedPhrase();
    }
    if (said == 0 && options.clauses()) {
      endPhrase(cp, end, verbatim);
    }
    pairs.accept(cp, buffer.before(buffer.length()));
    style.accept(cp);
    buffer.append(cp, end);
    if (Marks.isOrdinary(cp)) {
      lastLetter = cp;
      kana |= cp >= 0x3040 && cp <= 0x30FF;
    } else {
      address.mark(buffer, cp);
      if (!verbatim && buffer.length() > 0) {
        mark(cp);
      }
    }
    while (buffer.length() > options.maxChars()) {
      split();
    }
  }

  /**
   * Cuts at the end of a clause, unless it has a number and no word that shows its language. Only
   * languages in Latin script have spoken forms.
   */
  private void cutClause(int end) {
    boolean known = said > 0 || options.languageKnown() || language.isKnown();
    if (known || lastLetter > LAST_LATIN || !buffer.hasDigit(end)) {
      cut(end);
    }
  }

  @Override
  public void lineBreak(long end) {
    int length = buffer.trimmedLength();
    int last = buffer.before(length);
    int lineLength = length - lineStart;
    if (candidate.endsAt(length)) {
      cut(length);
    } else if (last == ':' || last == '：') {
      cut(length);
    } else if (length > 0) {
      text(' ', end, false);
      boolean runsOn = Marks.isClauseMark(last) || Marks.isStop(last) || lineLength > WRAPPED_LINE;
      if (!runsOn && buffer.length() > length) {
        candidate.lineEnd(length);
      }
    }
    lineStart = buffer.length();
  }

  @Override
  public void pause() {
    int length = buffer.trimmedLength();
    ChunkEnd end = lastMark(length);
    if (!pairs.inBrackets()) {
      cut(length, end == ChunkEnd.PHRASE ? ChunkEnd.SENTENCE : end);
    }
  }

  /** The likeliest language so far, as a two-letter code. */
  String language() {
    if (Marks.isHangul(lastLetter)) {
      return "ko";
    }
    if (Marks.isWide(lastLetter)) {
      return kana ? "ja" : "zh";
    }
    return language.isKnown() ? language.code() : Languages.ofScript(lastLetter);
  }

  @Override
  public void cellBreak(long end) {
    int last = buffer.before(buffer.trimmedLength());
    boolean marked = Marks.isStop(last) || Marks.isClauseMark(last) || Marks.isSpace(last);
    if (!marked && !Marks.isOpener(last)) {
      buffer.trimEnd();
      text(',', end, true);
    }
    text(' ', end, false);
  }

  @Override
  public void blockBreak(ChunkEnd end) {
    if (itemEnd > 0) {
      itemNumber(' ');
    }
    int length = buffer.trimmedLength();
    boolean announces = end == ChunkEnd.PARAGRAPH && lastMark(length) == ChunkEnd.COLON;
    if (!cut(length, announces ? ChunkEnd.COLON : end) && !buffer.hasPicture()) {
      buffer.clear();
      phrases.reset();
    }
    candidate.drop();
    pairs.reset();
    numbers.reset();
    language.accept(' ');
    style.accept('\n');
    style.startSentence();
    clause.drop();
    lineStart = buffer.length();
    address.end();
  }

  /** Ends the text: a picture on its own is spoken only if nothing else was. */
  void flush() {
    blockBreak(ChunkEnd.PARAGRAPH);
    if (said == 0 && buffer.hasPicture()) {
      remove(buffer.trimmedLength(), true, ChunkEnd.PARAGRAPH);
    }
    buffer.clear();
  }

  /** Cuts the whole buffer, wherever it ends; text that cannot be spoken alone stays. */
  void cutAll() {
    int length = buffer.trimmedLength();
    if (cut(length)) {
      pairs.reset();
      style.startSentence();
    }
    clause.drop();
  }

  /** Whether {@link #free()} would cut something. */
  boolean isFreeable() {
    return freeableEnd() > 0;
  }

  /**
   * Whether the text that {@link #free} would cut ends with a number, which may continue: "It costs
   * $29."
   */
  boolean endsWithNumber() {
    int end = freeableEnd();
    return end > 1 && Marks.isDigit(buffer.before(end - 1));
  }

  /** Cuts at the mark that is held back: the model has stalled, so nothing belongs to it. */
  void free() {
    int end = freeableEnd();
    if (end > 0) {
      cut(end);
    }
  }

  private int freeableEnd() {
    int length = buffer.trimmedLength();
    int end = -1;
    if (candidate.isOpen() && !pairs.inBrackets()) {
      end = candidate.end();
    } else if (options.clauses()
        && !pairs.inPair()
        && !DateWords.mayGoOn(buffer, length)
        && ClauseBoundary.endsClause(buffer, length, ' ')) {
      end = length;
    }
    return end > 0 && buffer.isSpeakable(end) ? end : -1;
  }

  /** The first chunk may end with a phrase. */
  private void endPhrase(int next, long written, boolean verbatim) {
    if (Marks.isSpace(next)) {
      phrases.word(buffer, verbatim || pairs.inBrackets(), language.languages());
    }
    if (!candidate.isOpen()) {
      cut(phrases.end(written));
    }
  }

  /** Before a letter of a script in which blanks part phrases, and sentences have no stops. */
  private void endSpacedPhrase() {
    int end = buffer.trimmedLength();
    int least = said < OPENING && options.clauses() ? OPENING : SPACED_PHRASE;
    if (end >= least
        && end < buffer.length()
        && !pairs.inPair()
        && Marks.isPhraseWritten(buffer.before(end))) {
      cut(end);
    }
  }

  private void resolve(int next) {
    if (!candidate.isOpen()) {
      return;
    }
    switch (candidate.follow(next, pairs, buffer.length())) {
      case CUT -> endSentence(candidate.end());
      case DROP -> candidate.drop();
      case WAIT -> {}
    }
  }

  private void mark(int cp) {
    int end = buffer.length();
    if (cp == '!' && SentenceBoundary.isName(buffer)) {
      candidate.open(end, cp, Verdict.BY_STARTER, address.isInside(), Joint.NONE, style);
    } else if (Marks.isStop(cp) || Marks.isStopAfter(cp, lastLetter)) {
      stop(cp, end);
    } else if (cp == ')' && isListNumber(end)) {
      startItem(end);
    } else if (said < OPENING && options.clauses() && !pairs.inBrackets()) {
      cutClause(clause.mark(buffer, cp, address.isInside() || pairs.inPair()));
    }
  }

  private void stop(int cp, int end) {
    boolean move = cp == '.' ? ChessMoves.isNumber(buffer) : ChessMoves.isMarked(buffer);
    if (move && (cp == '.' || cp == '!' || cp == '?')) {
      candidate.drop();
      return;
    }
    if (cp == '.' && isListNumber(end)) {
      candidate.drop();
      itemEnd = end;
      return;
    }
    Verdict verdict = SentenceBoundary.judge(buffer, languages);
    boolean ellipsis = verdict == Verdict.BY_CAPITAL && buffer.before(end - 1) == '.';
    boolean apart = Marks.isSpace(buffer.before(end - 1)) && cp == '.'; // perhaps of ". . ."
    if (verdict == Verdict.AT_ONCE
        && (address.isInside() || pairs.inPair() || style.isTrailing())) {
      verdict = Verdict.AT_SPACE;
    }
    if (verdict == Verdict.AT_ONCE) {
      endSentence(end);
    } else if (verdict != Verdict.NEVER) {
      boolean word = verdict == Verdict.AT_SPACE && Marks.isLower(buffer.before(end - 1));
      int start = SentenceBoundary.wordStart(buffer, end - 1);
      boolean name =
          Marks.isUpper(buffer.charAt(start)) && !DateWords.contains(buffer, start, end - 1);
      boolean number = verdict == Verdict.BY_NEXT_WORD || verdict == Verdict.UNLESS_MONTH;
      Joint joined =
          ellipsis || (word && !name) ? Joint.WORD : word || number ? Joint.STARTER : Joint.NONE;
      candidate.open(end, cp, verdict, address.isInside(), joined, style);
      if (apart) {
        candidate.trailing();
      }
    }
  }

  private boolean isListNumber(int end) {
    int start = SentenceBoundary.wordStart(buffer, end - 1);
    boolean wide = start > 0 && isWideMark(buffer.charAt(start - 1));
    boolean apart = start == 0 || wide || buffer.charAt(start - 1) == ' ';
    boolean first = start == end - 2 && "1a".indexOf(buffer.charAt(start)) >= 0;
    boolean announced = first && start > 2 && buffer.charAt(start - 2) == ':';
    return apart && numbers.accept(buffer, start, end - 1, announced || !buffer.isSpeakable(start));
  }

  /** The stop of a number has come: behind it goes an item, or the number, as in "Python 3.13". */
  private void itemNumber(int next) {
    int end = itemEnd;
    itemEnd = -1;
    if (!Marks.isDigit(next)) {
      startItem(end);
    }
  }

  /** The text before the number of a list item becomes a piece of its own. */
  private void startItem(int end) {
    candidate.drop();
    int start = SentenceBoundary.wordStart(buffer, end - 1);
    boolean bullet = start > 2 && "•-*⁃".indexOf(buffer.charAt(start - 2)) >= 0;
    boolean wide = start > 0 && isWideMark(buffer.charAt(start - 1));
    cut(start - (bullet ? 3 : wide ? 0 : 1));
  }

  /** A mark of Chinese or Japanese, behind which no blank stands. */
  private static boolean isWideMark(char c) {
    return "；。！？：，、".indexOf(c) >= 0;
  }

  private void endSentence(int end) {
    cut(end);
    style.startSentence();
  }

  private boolean cut(int end) {
    return end > 0 && cut(end, lastMark(end));
  }

  private boolean cut(int wanted, ChunkEnd ended) {
    int end = wanted;
    while (end > options.maxChars()) { // the mark that ends it is one too many
      int length = buffer.length();
      split();
      end -= length - buffer.length();
    }
    if (end <= 0 || !buffer.isSpeakable(end)) {
      candidate.drop();
      return false;
    }
    remove(end, true, ended);
    return true;
  }

  private ChunkEnd lastMark(int end) {
    return candidate.endsLine(end) ? ChunkEnd.SENTENCE : LastMark.of(buffer, end, lastLetter);
  }

  /** Splits a text that is too long, and drops a part that has nothing to speak. */
  private void split() {
    int max = options.maxChars();
    int end = candidate.end();
    if (!candidate.isOpen() || end > max || end < max / 3) {
      end = LongText.split(buffer, max);
    }
    remove(end, buffer.isSpeakable(end), lastMark(end));
  }

  private void remove(int end, boolean spoken, ChunkEnd ended) {
    int length = buffer.length();
    Piece piece = buffer.cut(end, language.code(), ended);
    int removed = length - buffer.length();
    if (spoken) {
      pieces.add(piece);
      said += piece.text().length();
    }
    candidate.shift(removed);
    phrases.reset();
    clause.drop();
    itemEnd = -1;
    lineStart = Math.max(0, lineStart - removed);
  }
}
