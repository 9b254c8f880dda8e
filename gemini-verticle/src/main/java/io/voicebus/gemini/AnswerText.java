package io.voicebus.gemini;

/**
 * The text of one answer from what a model streams: pairs of surrogates that were parted are
 * joined, characters that were lost on the way (U+FFFD) are left out, and so is what was only
 * thought, what calls a tool, and what only the server should have seen.
 */
final class AnswerText {
  private static final char LOST = '\uFFFD';

  private final boolean filtered;
  private final CallFilter calls = new CallFilter();
  private final ChannelFilter channels = new ChannelFilter();
  private final ThoughtFilter thoughts;
  private String half = "";

  /**
   * A text to which nothing was added.
   *
   * @param thoughts {@code auto}, {@code begins} or {@code keep}, see {@link OpenAiSettings}
   */
  AnswerText(String thoughts) {
    this.filtered = !thoughts.equals("keep");
    this.thoughts = new ThoughtFilter(thoughts.equals("begins"));
  }

  /** What of the text is to be said; may be empty. */
  String accept(String text) {
    if (text.isEmpty()) {
      return text;
    }
    String whole = sayable(join(text));
    return filtered ? thoughts.accept(channels.accept(calls.accept(whole))) : whole;
  }

  /** The answer has ended: what was held back, if it is to be said. */
  String rest() {
    if (!filtered) {
      return "";
    }
    String last = thoughts.accept(channels.accept(calls.rest()));
    return last + thoughts.accept(channels.rest()) + thoughts.rest();
  }

  /** Whether anything was left out that the model thought. */
  boolean hidden() {
    return thoughts.hidden() || channels.hidden();
  }

  private String join(String text) {
    String all = half.isEmpty() ? text : half + text;
    boolean parted = Character.isHighSurrogate(all.charAt(all.length() - 1));
    half = parted ? all.substring(all.length() - 1) : "";
    return parted ? all.substring(0, all.length() - 1) : all;
  }

  /** Half a pair of surrogates is no character either. */
  private static String sayable(String text) {
    int at = firstLost(text);
    if (at < 0) {
      return text;
    }
    StringBuilder kept = new StringBuilder(text.length());
    text.codePoints().filter(AnswerText::isCharacter).forEach(kept::appendCodePoint);
    return kept.toString();
  }

  private static int firstLost(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == LOST || Character.isSurrogate(c)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isCharacter(int codePoint) {
    return codePoint != LOST && !(codePoint >= 0xD800 && codePoint <= 0xDFFF);
  }
}
