package io.voicebus.gemini;

/**
 * Takes away what a model that was asked to go on says once more: the longest end of what was said
 * that its answer begins with. NOT thread safe.
 */
final class Overlap {
  /** Longest repetition that is looked for, in UTF-16 units. */
  static final int MAX_CHARS = 200;

  /** Shorter ones may be chance: "a" after "…a". */
  private static final int LEAST_CHARS = 8;

  private final String end;
  private final StringBuilder held = new StringBuilder();
  private boolean over;

  Overlap(String said) {
    end = said.substring(Math.max(0, said.length() - MAX_CHARS));
    over = end.isEmpty();
  }

  /** The next piece of the answer; what of it, and of what was held back, is new. */
  String accept(String text) {
    if (over) {
      return text;
    }
    held.append(text);
    return mayRepeat() ? "" : flush();
  }

  /** Whether all of the answer so far stands somewhere at the end of what was said. */
  private boolean mayRepeat() {
    return held.length() <= end.length() && end.contains(held);
  }

  /** What is left, when no more comes. */
  String flush() {
    if (over) {
      return "";
    }
    over = true;
    String text = held.toString();
    for (int from = 0; from <= end.length() - LEAST_CHARS; from++) {
      if (text.startsWith(end.substring(from))) {
        return text.substring(end.length() - from);
      }
    }
    return text;
  }
}
