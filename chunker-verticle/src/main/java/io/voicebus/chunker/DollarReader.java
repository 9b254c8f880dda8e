package io.voicebus.chunker;

/** Reads what starts with {@code $} until it is known to be maths or text. */
final class DollarReader {
  /** What has been read. */
  enum Result {
    READING,
    /** Two dollar signs, which begin maths of any length. */
    DISPLAY,
    /** Maths, of which {@link #held()} has all but the last dollar sign. */
    MATH,
    /** A dollar sign alone; the code point after it is not read. */
    SIGN,
    /** No maths: the text is read again from {@link #held()}. */
    TEXT
  }

  /** Maths between single signs that goes on for longer, in code points, is text. */
  private static final int MAX_LENGTH = 160;

  private final HeldText held = new HeldText();

  /** Takes the dollar sign. */
  void start(long end) {
    held.clear();
    held.add('$', end);
  }

  /** What was read from the first dollar sign on; valid once. */
  HeldText held() {
    return held.take();
  }

  /**
   * Takes a code point.
   *
   * @param before what stood before the first dollar sign
   */
  Result accept(int cp, long end, int before) {
    if (held.size() == 1) {
      if (cp == '$') {
        return Result.DISPLAY;
      }
      boolean opens = !Marks.isSpace(cp) && !Marks.isDigit(cp) && !Marks.isClauseMark(cp);
      if (!opens || Marks.isOrdinary(before)) {
        return Result.SIGN;
      }
    }
    if (cp == '$' && !Marks.isSpace(held.codePoint(held.size() - 1))) {
      return Result.MATH;
    }
    held.add(cp, end);
    return held.size() > MAX_LENGTH ? Result.TEXT : Result.READING;
  }
}
