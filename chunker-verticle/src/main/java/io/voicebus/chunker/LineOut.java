package io.voicebus.chunker;

/** Passes on what is spoken of a line, and knows what was said last in it. */
final class LineOut {
  private final SpokenText out;
  private final MathText math = new MathText();
  private int before = ' ';
  private int beforeThat = ' ';
  private boolean inUrl;
  private boolean empty = true;
  private boolean spoken;

  LineOut(SpokenText out) {
    this.out = out;
  }

  /** A line starts. */
  void startLine() {
    empty = true;
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

  boolean inUrl() {
    return inUrl;
  }

  void say(int cp, long end, boolean verbatim) {
    out.text(cp, end, verbatim);
    if (Marks.isSpace(cp)) {
      inUrl = false;
    } else {
      empty = false;
      spoken |= Marks.isSpeakable(cp);
      inUrl |= cp == '/' && before == '/' && beforeThat == ':';
    }
    beforeThat = before;
    before = cp;
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
