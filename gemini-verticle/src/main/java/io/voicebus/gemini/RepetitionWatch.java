package io.voicebus.gemini;

/**
 * Detects a model that repeats itself. Small models, and those with bad sampling settings, do not
 * stop by themselves: they would be spoken until their limit of tokens.
 *
 * <p>A loop is {@value #TIMES} times the same stretch of at most {@value #LONGEST_STRETCH} UTF-16
 * units in a row, {@value #SHORTEST_LOOP} units or more in all: a refrain, a row of dashes or a
 * hundred times "ha" are none.
 */
final class RepetitionWatch {
  static final int TIMES = 24;
  static final int LONGEST_STRETCH = 200;
  static final int SHORTEST_LOOP = 1000;

  private static final int WINDOW = TIMES * LONGEST_STRETCH;

  /** After so many units more it is looked at again. */
  private static final int STEP = 200;

  private final StringBuilder tail = new StringBuilder();

  /** Made once it is needed: most answers are short. */
  private short[] border = {};

  private int fresh;

  /** Takes the next text; whether the answer is in a loop by now. */
  boolean accept(String text) {
    tail.append(text);
    fresh += text.length();
    if (fresh < STEP || tail.length() < SHORTEST_LOOP) {
      return false;
    }
    fresh = 0;
    if (tail.length() > WINDOW) {
      tail.delete(0, tail.length() - WINDOW);
    }
    return loops();
  }

  /** Another answer begins. */
  void again() {
    tail.setLength(0);
    fresh = 0;
  }

  /** The prefix function of Knuth, Morris and Pratt, over the tail read backwards. */
  private boolean loops() {
    if (border.length == 0) {
      border = new short[WINDOW + 1];
    }
    int last = tail.length() - 1;
    border[0] = -1;
    for (int length = 1, k = -1; length <= tail.length(); length++) {
      char c = tail.charAt(last - length + 1);
      while (k >= 0 && tail.charAt(last - k) != c) {
        k = border[k];
      }
      border[length] = (short) ++k;
      int period = length - k;
      if (length >= SHORTEST_LOOP && period * TIMES <= length) {
        return true;
      }
    }
    return false;
  }
}
