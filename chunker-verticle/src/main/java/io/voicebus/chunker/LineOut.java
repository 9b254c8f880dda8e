package io.voicebus.chunker;

import java.util.Locale;

/** Passes on what is spoken of a line, and knows what was said last in it. */
final class LineOut {
  private static final int MAX_WORD = 12;

  private final SpokenText out;
  private final MathText math = new MathText();
  private int before = ' ';
  private int beforeThat = ' ';
  private boolean inUrl;
  private boolean empty = true;
  private int words;
  private boolean spoken;
  private int last = ' ';
  private final char[] word = new char[MAX_WORD];
  private int wordLength;

  LineOut(SpokenText out) {
    this.out = out;
  }

  /** A line starts. */
  void startLine() {
    empty = true;
    words = 0;
    before = ' ';
    inUrl = false;
  }

  /** What was said last; a space at the start of a line. */
  int before() {
    return before;
  }

  /** Whether nothing but marks was seen in this line. */
  boolean isEmpty() {
    return empty;
  }

  /** Whether anything was said in the whole text. */
  boolean hasSpoken() {
    return spoken;
  }

  /** What was said last in the whole text, but white space and closing quotes. */
  int last() {
    return last;
  }

  boolean endsWithColon() {
    return last == ':' || last == '：';
  }

  /** The word that was said last, in small letters; of long ones only the start. */
  String lastWord() {
    return new String(word, 0, wordLength).toLowerCase(Locale.ROOT);
  }

  /** Whether the line has more than one word. */
  boolean hasWords() {
    return words > 1;
  }

  boolean inUrl() {
    return inUrl;
  }

  void say(int cp, long end, boolean verbatim) {
    out.text(cp, end, verbatim);
    if (Marks.isSpace(cp)) {
      inUrl = false;
    } else {
      last = Marks.isCloser(cp) ? last : cp;
      note(cp);
      empty = false;
      spoken |= Marks.isSpeakable(cp);
      inUrl |= cp == '/' && before == '/' && beforeThat == ':';
    }
    beforeThat = before;
    before = cp;
  }

  private void note(int cp) {
    if (Marks.isSpace(before)) {
      words++;
      wordLength = 0;
    }
    if (wordLength < MAX_WORD) {
      word[wordLength++] = (char) cp;
    }
  }

  /**
   * Says what is between the marks of maths.
   *
   * @param end offset after the closing mark
   */
  void sayMath(HeldText content, long end) {
    math.reset();
    for (int i = 0; i < content.size(); i++) {
      long at = content.end(i);
      int cp = content.codePoint(i);
      math.accept(cp == '\n' ? ' ' : cp, symbol -> say(symbol, at, true));
    }
    math.end(symbol -> say(symbol, end, true));
  }
}
