package io.voicebus.chunker;

import io.voicebus.chunker.ChunkBuffer.Piece;
import io.voicebus.chunker.SentenceBoundary.Verdict;
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

  /** A line this long was wrapped, so that its end means nothing; in UTF-16 units. */
  private static final int WRAPPED_LINE = 60;

  private final ChunkerOptions options;
  private final ChunkBuffer buffer = new ChunkBuffer();
  private final OpenPairs pairs = new OpenPairs();
  private final LanguageGuess language = new LanguageGuess();
  private final Style style = new Style();
  private final ListNumbers numbers = new ListNumbers();
  private final Candidate candidate = new Candidate();
  private List<Piece> pieces = new ArrayList<>();
  private final PhraseBoundary phrases = new PhraseBoundary();
  private int said;

  private boolean inAddress;
  private int lastLetter = ' ';
  private long languages = Languages.ALL;
  private int clauseEnd = -1;
  private int lineStart;

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

  /** Text that is not spoken here, which tells the language of what follows it. */
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
    if (clauseEnd > 0) {
      endClause(cp);
    }
    if (candidate.isOpen()) {
      resolve(cp);
    }
    if (said == 0 && options.clauses()) {
      endPhrase(cp, end, verbatim);
    }
    pairs.accept(cp, buffer.before(buffer.length()));
    style.accept(cp);
    buffer.append(cp, end);
    if (Marks.isOrdinary(cp)) {
      lastLetter = cp;
    } else {
      trackAddress(cp);
      if (!verbatim && buffer.length() > 0) {
        mark(cp);
      }
    }
    while (buffer.length() > options.maxChars()) {
      split();
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
  public void cellBreak(long end) {
    int last = buffer.before(buffer.trimmedLength());
    if (Character.isLetterOrDigit(last) || Marks.isCloser(last)) {
      buffer.trimEnd();
      text(',', end, true);
    }
    text(' ', end, false);
  }

  @Override
  public void blockBreak() {
    if (!cut(buffer.trimmedLength()) && !buffer.hasPicture()) {
      buffer.clear();
      phrases.reset();
    }
    candidate.drop();
    pairs.reset();
    numbers.reset();
    language.accept(' ');
    style.accept('\n');
    style.startSentence();
    clauseEnd = -1;
    lineStart = buffer.length();
    inAddress = false;
  }

  /** Ends the text: a picture on its own is spoken only if nothing else was. */
  void flush() {
    blockBreak();
    if (said == 0 && buffer.hasPicture()) {
      remove(buffer.trimmedLength(), true);
    }
    buffer.clear();
  }

  /** Whether {@link #free()} would cut something. */
  boolean isFreeable() {
    return freeableEnd() > 0;
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
        && ClauseBoundary.endsClause(buffer, length, ' ')) {
      end = length;
    }
    return end > 0 && buffer.isSpeakable(end) ? end : -1;
  }

  private void endClause(int next) {
    int end = clauseEnd;
    clauseEnd = -1;
    if (Marks.isCloser(next)) {
      clauseEnd = end + 1;
    } else if (ClauseBoundary.endsClause(buffer, end, next)) {
      cut(end);
    }
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
    if (Marks.isStop(cp) || Marks.isStopAfter(cp, lastLetter)) {
      stop(cp, end);
    } else if (cp == ')' && isListNumber(end)) {
      startItem(end);
    } else if (said < OPENING && options.clauses() && !pairs.inBrackets()) {
      clauseMark(cp, end);
    }
  }

  private void clauseMark(int cp, int end) {
    if (!inAddress && !pairs.inPair() && ClauseBoundary.surelyEndsClause(buffer)) {
      cut(end);
    } else if (Marks.isClauseMark(cp) || ClauseBoundary.isDash(cp)) {
      clauseEnd = end;
    }
  }

  private void stop(int cp, int end) {
    if (cp == '.' && isListNumber(end)) {
      startItem(end);
      return;
    }
    Verdict verdict = SentenceBoundary.judge(buffer, languages);
    boolean ordinary = verdict == Verdict.AT_ONCE;
    boolean ellipsis = verdict == Verdict.BY_CAPITAL && buffer.before(end - 1) == '.';
    boolean word = verdict == Verdict.AT_SPACE && endsWithWord(end - 1);
    boolean apart = Marks.isSpace(buffer.before(end - 1)) && cp == '.'; // perhaps of ". . ."
    boolean doubt = inAddress || pairs.inPair() || (cp == '.' && style.isLoose());
    if (ordinary && (doubt || style.isTrailing())) {
      verdict = Verdict.AT_SPACE;
    }
    if (verdict == Verdict.AT_ONCE) {
      endSentence(end);
    } else if (verdict != Verdict.NEVER) {
      candidate.open(
          end, cp, verdict, inAddress, ordinary || ellipsis || word, apart || style.isTrailing());
    }
  }

  /** Whether a word of four letters or more, no name in capitals, ends there. */
  private boolean endsWithWord(int end) {
    return end > 3
        && Marks.isLower(buffer.charAt(end - 1))
        && Marks.isLower(buffer.charAt(end - 2))
        && Marks.isLower(buffer.charAt(end - 3))
        && Marks.isLetter(buffer.charAt(end - 4));
  }

  private boolean isListNumber(int end) {
    int start = SentenceBoundary.wordStart(buffer, end - 1);
    boolean apart = start == 0 || buffer.charAt(start - 1) == ' ';
    return apart && numbers.accept(buffer, start, end - 1, !buffer.isSpeakable(start));
  }

  /** What comes before a list number is a piece of its own. */
  private void startItem(int end) {
    candidate.drop();
    int start = SentenceBoundary.wordStart(buffer, end - 1);
    boolean bullet = start > 2 && "•-*⁃".indexOf(buffer.charAt(start - 2)) >= 0;
    cut(start - (bullet ? 3 : 1));
  }

  private void endSentence(int end) {
    cut(end);
    style.startSentence();
  }

  private boolean cut(int end) {
    if (end <= 0 || !buffer.isSpeakable(end)) {
      candidate.drop();
      return false;
    }
    remove(end, true);
    return true;
  }

  /** Splits a text that is too long; what cannot be spoken of it is dropped. */
  private void split() {
    int max = options.maxChars();
    int end = candidate.end();
    if (!candidate.isOpen() || end > max || end < max / 3) {
      end = LongText.split(buffer, max);
    }
    remove(end, buffer.isSpeakable(end));
  }

  private void remove(int end, boolean spoken) {
    int length = buffer.length();
    Piece piece = buffer.cut(end, language.code());
    int removed = length - buffer.length();
    if (spoken) {
      pieces.add(piece);
      said += piece.text().length();
    }
    candidate.shift(removed);
    phrases.reset();
    clauseEnd = -1;
    lineStart = Math.max(0, lineStart - removed);
  }

  private void trackAddress(int cp) {
    if (Marks.isSpace(cp)) {
      inAddress = false;
    } else if (cp == '@' || cp == '/' || cp == '.') {
      inAddress |= cp == '@' || endsWith("://") || endsWith("www.");
      if (inAddress) {
        style.address();
      }
    }
  }

  private boolean endsWith(String tail) {
    int from = buffer.length() - tail.length();
    boolean ends = from >= 0;
    for (int i = 0; ends && i < tail.length(); i++) {
      ends = buffer.charAt(from + i) == tail.charAt(i);
    }
    return ends;
  }
}
