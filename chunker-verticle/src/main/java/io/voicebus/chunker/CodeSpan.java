package io.voicebus.chunker;

/**
 * Inline code as it is spoken: brackets, quotes and stars are not, but keep words apart; "**" is a
 * power.
 */
final class CodeSpan {
  /** Takes a code point to speak and where it ends. */
  interface Out {
    void say(int cp, long end);
  }

  /** A longer span has lost its closing mark. */
  private static final int MAX_LENGTH = 400;

  private int marks;
  private int length;
  private boolean gap;
  private int stars;

  /** Brackets that have opened, of types' arguments and others. */
  private int types;

  private boolean opened;

  /** The first character of the word so far; a blank between words. */
  private int word = ' ';

  boolean isOpen() {
    return marks > 0;
  }

  /**
   * A run of backticks opens a span, or closes one that as many have opened.
   *
   * @return false for another number of them within a span, which are text
   */
  boolean mark(int run) {
    if (marks > 0 && marks != run) {
      return false;
    }
    marks = marks > 0 ? 0 : run;
    if (marks > 0) {
      length = 0;
      stars = 0;
      types = 0;
      opened = false;
      word = ' ';
    }
    return true;
  }

  /** Takes a code point of the open span. */
  void accept(int cp, long end, Out out) {
    if (++length > MAX_LENGTH) {
      marks = 0;
    }
    if (cp == '*') {
      stars++;
      return;
    }
    if (stars > 0) {
      int power = stars > 1 ? '^' : '*';
      stars = 0;
      endGap(power, end, out);
      out.say(power, end);
    }
    if ("()[]{}\"';|".indexOf(cp) >= 0 || isTypeBracket(cp) || isAnchor(cp)) {
      gap = true;
      opened |= cp == '(' || cp == '[' || cp == '{';
    } else {
      endGap(cp, end, out);
      out.say(cp, end);
      gap = cp == ',' && opened; // "f(2,4)" has no decimal
    }
    word = !Marks.isWordPart(cp) ? ' ' : word == ' ' ? cp : word;
  }

  /** {@code List<String>}: brackets behind a name with a capital; {@code a < b} is a comparison. */
  private boolean isTypeBracket(int cp) {
    if (cp == '<' && Marks.isUpper(word)) {
      types++;
      return true;
    }
    boolean closes = cp == '>' && types > 0;
    types -= closes ? 1 : 0;
    return closes;
  }

  /** The marks of a pattern's ends: "^[a-z]{2}$". */
  private boolean isAnchor(int cp) {
    return (cp == '^' && length == 1) || (cp == '$' && gap);
  }

  private void endGap(int next, long end, Out out) {
    if (gap && !Marks.isSpace(next)) {
      gap = false;
      if (Marks.isSpeakable(next) || Marks.isSign(next) || Marks.isOpener(next) || next == '-') {
        out.say(' ', end);
      }
    }
  }

  /** Whether a closed span ended with characters that are not said; asked once. */
  boolean takeGap() {
    boolean taken = gap && marks == 0;
    gap &= !taken;
    return taken;
  }

  /** The line ends, and with it the span. */
  void end() {
    marks = 0;
    gap = false;
  }
}
