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

  /** What is longer within {@code <} and {@code >} is a comparison. */
  private static final int MAX_ANGLE = 60;

  private int marks;
  private int length;
  private boolean gap;
  private int stars;

  /** What began with {@code <} and may be a type's arguments or a placeholder, and its depth. */
  private final HeldText angle = new HeldText();

  private int depth;

  private boolean opened;

  /** The first character of the word so far, and its length; a blank between words. */
  private int word = ' ';

  private int wordLength;

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
      opened = false;
      word = ' ';
      wordLength = 0;
    }
    return true;
  }

  /** Takes a code point of the open span. */
  void accept(int cp, long end, Out out) {
    if (++length > MAX_LENGTH) {
      marks = 0;
    }
    if (angle.size() > 0 || (cp == '<' && mayOpen())) {
      hold(cp, end, out);
    } else {
      read(cp, end, out);
    }
    if (marks == 0) {
      release(out);
    }
  }

  /** Says what is held back, since the span or the line ends. */
  void release(Out out) {
    release(false, out);
  }

  /** {@code i<n} is a comparison. */
  private boolean mayOpen() {
    return word == ' ' || Marks.isUpper(word) || (Marks.isLetter(word) && wordLength > 1);
  }

  /** {@code List<String>}, {@code vector<int>}, {@code kill <PID>}: the brackets are not said. */
  private void hold(int cp, long end, Out out) {
    angle.add(cp, end);
    depth += cp == '<' ? 1 : cp == '>' ? -1 : 0;
    boolean goesOn =
        switch (angle.size()) {
          case 1 -> true;
          case 2 -> Marks.isLetter(cp) || cp == '/';
          default ->
              Marks.isWordPart(cp) || Marks.isDigit(cp) || "<>_ ,.:-/?[]*=\"#".indexOf(cp) >= 0;
        };
    if (!goesOn || depth == 0 || angle.size() > MAX_ANGLE) {
      release(goesOn && depth == 0, out);
    }
  }

  private void release(boolean pair, Out out) {
    if (angle.size() == 0) {
      return;
    }
    HeldText held = angle.take();
    depth = 0;
    for (int i = 0; i < held.size(); i++) {
      int cp = held.codePoint(i);
      if (pair && (cp == '<' || cp == '>')) {
        gap = true;
        word = ' ';
      } else {
        read(cp, held.end(i), out);
      }
    }
  }

  private void read(int cp, long end, Out out) {
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
    if ("()[]{}\"';|".indexOf(cp) >= 0 || isAnchor(cp)) {
      gap = true;
      opened |= cp == '(' || cp == '[' || cp == '{';
    } else {
      endGap(cp, end, out);
      out.say(cp, end);
      gap = cp == ',' && opened; // "f(2,4)" has no decimal
    }
    boolean part = Marks.isWordPart(cp);
    wordLength = part ? wordLength + 1 : 0;
    word = !part ? ' ' : word == ' ' ? cp : word;
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
