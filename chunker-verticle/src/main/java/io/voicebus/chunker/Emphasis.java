package io.voicebus.chunker;

/**
 * Tells emphasis from literal stars and underscores. After CommonMark 0.31, section 6.2, but in one
 * pass: an opening mark that is never closed is dropped all the same.
 */
final class Emphasis {
  private boolean starOpen;
  private boolean highlightOpen;
  private boolean subscriptOpen;

  void reset() {
    starOpen = false;
    highlightOpen = false;
    subscriptOpen = false;
  }

  /**
   * Whether a run of {@code length} times {@code mark} is a mark, which is not spoken.
   *
   * @param before the code point before the run; a space at the start of a line
   * @param after the code point after it; a space at the end of a line
   */
  boolean isMark(int mark, int length, int before, int after) {
    boolean spaceBefore = Marks.isSpace(before);
    boolean spaceAfter = Marks.isSpace(after);
    if (spaceBefore && spaceAfter && (length == 1 || !starOpen || mark == '=')) {
      return length >= 3 && mark != '=';
    }
    boolean within = Character.isLetterOrDigit(before) && Character.isLetterOrDigit(after);
    return switch (mark) {
      case '~' -> length >= 2 || isSubscript(before, after);
      case '=' -> length == 2 && isHighlight(before, after);
      case '_' -> !within || Marks.isWide(before) || Marks.isWide(after);
      default -> isStarMark(length, before, after, within);
    };
  }

  /** "CO~2~", but not "about ~5" and "10~20". */
  private boolean isSubscript(int before, int after) {
    boolean opens = Marks.isLetter(before) && Marks.isDigit(after);
    boolean closes = subscriptOpen && Marks.isDigit(before);
    subscriptOpen = opens;
    return opens || closes;
  }

  /** "==marked==", but not "a == b" and "a==b". */
  private boolean isHighlight(int before, int after) {
    boolean opens =
        (Marks.isSpace(before) || Marks.isOpener(before)) && Character.isLetterOrDigit(after);
    boolean closes = highlightOpen && !Marks.isSpace(before) && !Character.isLetterOrDigit(after);
    highlightOpen = opens;
    return opens || closes;
  }

  private boolean isStarMark(int length, int before, int after, boolean within) {
    boolean product = Character.isDigit(before) && (Character.isDigit(after) || after == '(');
    boolean power = within && Character.isDigit(after) && !starOpen && !Marks.isWide(before);
    boolean pattern = !starOpen && length <= 2 && (after == '.' || after == '/'); // "*.txt"
    if (product || power || pattern) {
      return false;
    }
    if (!starOpen) {
      boolean wide = Marks.isWide(before) || Marks.isWide(after);
      if (length == 1 && (Marks.isSpace(after) || (within && !wide))) {
        return false;
      }
      starOpen = !Marks.isSpace(after);
    } else if (!Marks.isSpace(before) || Marks.isSpace(after)) {
      starOpen = false;
    }
    return true;
  }
}
