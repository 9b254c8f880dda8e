package io.voicebus.chunker;

/**
 * Follows the numbers of a list within a line: "1. The first 2. The second", "a) one b) two". A
 * number counts only where the text starts with the first, and then only if it is the next.
 */
final class ListNumbers {
  /** More digits are no list number. */
  private static final int MAX_DIGITS = 3;

  private int next = -1;

  void reset() {
    next = -1;
  }

  /**
   * Whether a list number is in {@code [from, to)}, in front of a full stop or a bracket.
   *
   * @param starts whether the text starts with it
   */
  boolean accept(CharSequence text, int from, int to, boolean starts) {
    int number = number(text, from, to);
    if (number < 0 || (!starts && number != next)) {
      return false;
    }
    next = number + 1;
    return true;
  }

  /** Letters count from 1,000, so that they are no numbers. */
  private static int number(CharSequence text, int from, int to) {
    if (to - from == 1 && text.charAt(from) >= 'a' && text.charAt(from) <= 'z') {
      return 1_000 + text.charAt(from);
    }
    if (to - from < 1 || to - from > MAX_DIGITS) {
      return -1;
    }
    int number = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = 10 * number + digit;
    }
    return number;
  }
}
