package io.voicebus.chunker;

import io.voicebus.contract.ChunkEnd;

/** What ends a text, by its last mark. */
final class LastMark {
  private LastMark() {}

  /**
   * What ends there.
   *
   * @param lastLetter the last letter of the text, since some marks differ by script
   */
  static ChunkEnd of(ChunkBuffer text, int end, int lastLetter) {
    int at = end;
    while (at > 0 && isBehindMark(text.charAt(at - 1))) {
      at--;
    }
    int mark = text.before(at);
    boolean own = Marks.isStopAfter(mark, lastLetter);
    if ("?？؟⁇⁈".indexOf(mark) >= 0 || (own && mark != ':')) {
      return ChunkEnd.QUESTION;
    }
    if (Marks.isStop(mark) || own) {
      return ChunkEnd.SENTENCE;
    }
    if (mark == ':' || mark == '：') {
      return ChunkEnd.COLON;
    }
    boolean clause = Marks.isClauseMark(mark) || ClauseBoundary.isDash(mark);
    return clause ? ChunkEnd.CLAUSE : ChunkEnd.PHRASE;
  }

  private static boolean isBehindMark(char c) {
    return c == ' ' || Marks.isCloser(c) || Marks.isOpener(c);
  }
}
