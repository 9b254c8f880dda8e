package io.voicebus.chunker;

/**
 * Reads what starts with {@code $}, {@code $$}, {@code \(} or {@code \[} until it is known to be
 * maths or text. Maths without its closing mark is text.
 */
final class MathReader {
  /** What has been read. */
  enum Result {
    READING,
    /** Maths: {@link #content()}. The last code point is its own. */
    MATH,
    /** A dollar sign alone; the last code point is not read. */
    SIGN,
    /** No maths: {@link #held()} is text, with the last code point. */
    TEXT
  }

  /** Maths between single signs that goes on for longer, in code points, is text. */
  private static final int MAX_INLINE = 160;

  /** The same for marks of two characters. */
  private static final int MAX_DISPLAY = 2_000;

  /** What is seldom in prose between two prices. */
  private static final String SIGNS = "\\^_={}+<>≤≥±·×÷√";

  private final HeldText held = new HeldText();
  private String closing = "";
  private boolean lineStart;
  private boolean loose;
  private boolean signs;
  private boolean lineEmpty;
  private int opening;

  /**
   * Takes a dollar sign.
   *
   * @param lineStart whether nothing is before it in its line
   */
  void start(long end, boolean lineStart) {
    held.clear();
    held.add('$', end);
    this.lineStart = lineStart;
    begin("", 1);
  }

  /** Takes the backslash and bracket of LaTeX. */
  void start(int bracket, long backslashEnd, long end) {
    held.clear();
    held.add('\\', backslashEnd);
    held.add(bracket, end);
    lineStart = true;
    begin(bracket == '(' ? "\\)" : "\\]", 2);
  }

  private void begin(String mark, int length) {
    closing = mark;
    opening = length;
    loose = false;
    signs = false;
    lineEmpty = false;
  }

  /** What was read from the opening mark on; valid once. */
  HeldText held() {
    return held.take();
  }

  /** What is between the marks; valid once. */
  HeldText content() {
    HeldText all = held.take();
    return all.range(opening, all.size() - Math.max(1, closing.length()));
  }

  /** Whether it goes over line ends. */
  boolean isDisplay() {
    return !closing.isEmpty();
  }

  /**
   * Takes a code point.
   *
   * @param before what stood before the opening mark
   */
  Result accept(int cp, long end, int before) {
    if (closing.isEmpty()) {
      return inline(cp, end, before);
    }
    held.add(cp, end);
    int size = held.size();
    if (size == opening + 1 && closing.equals("$$")) {
      loose = Marks.isSpace(cp) && !lineStart;
      boolean opens =
          cp != '$' && !Marks.isClauseMark(cp) && !Marks.isStop(cp) && !Marks.isCloser(cp);
      boolean ends = cp == '\n' && !lineStart;
      return opens && !ends ? Result.READING : Result.TEXT;
    }
    signs |= SIGNS.indexOf(cp) >= 0;
    boolean closes =
        size >= opening + 2
            && cp == closing.charAt(1)
            && held.codePoint(size - 2) == closing.charAt(0);
    if (closes) {
      return loose && !signs ? Result.TEXT : Result.MATH;
    }
    boolean blank = cp == '\n' && lineEmpty;
    lineEmpty = cp == '\n' || (lineEmpty && Marks.isSpace(cp));
    return blank || (cp == '\n' && loose) || size > MAX_DISPLAY ? Result.TEXT : Result.READING;
  }

  private Result inline(int cp, long end, int before) {
    if (held.size() == 1) {
      if (cp == '$') {
        held.add(cp, end);
        begin("$$", 2);
        return Marks.isOrdinary(before) ? Result.TEXT : Result.READING;
      }
      boolean opens = !Marks.isSpace(cp) && !Marks.isDigit(cp) && !Marks.isClauseMark(cp);
      if (!opens || Marks.isOrdinary(before)) {
        return Result.SIGN;
      }
    }
    boolean closes = cp == '$' && !Marks.isSpace(held.codePoint(held.size() - 1));
    held.add(cp, end);
    return closes ? Result.MATH : held.size() > MAX_INLINE ? Result.TEXT : Result.READING;
  }
}
