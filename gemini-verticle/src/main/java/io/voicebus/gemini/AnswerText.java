package io.voicebus.gemini;

/**
 * Filters the text of one answer out of what a model streams. It joins surrogate pairs that were
 * cut in two, and leaves out lost characters (U+FFFD), thoughts, tool calls and control tokens.
 */
final class AnswerText {
  private static final char LOST = '\uFFFD';

  private final boolean filtered;
  private final CallFilter calls = new CallFilter();
  private final ChannelFilter channels = new ChannelFilter();
  private final ThoughtFilter thoughts;
  private String half = "";

  /**
   * Starts a text.
   *
   * @param thoughts {@code auto}, {@code begins} or {@code keep}, see {@link OpenAiSettings}
   */
  AnswerText(String thoughts) {
    this.filtered = !thoughts.equals("keep");
    this.thoughts = new ThoughtFilter(thoughts.equals("begins"));
  }

  /** Takes the next piece and returns what of it is to be spoken; may be empty. */
  String accept(String text) {
    if (text.isEmpty()) {
      return text;
    }
    String whole = sayable(join(text));
    return filtered ? thoughts.accept(channels.accept(calls.accept(whole))) : whole;
  }

  /** Ends the text and returns what was held back and is to be spoken. */
  String rest() {
    if (!filtered) {
      return "";
    }
    String last = thoughts.accept(channels.accept(calls.rest()));
    return last + thoughts.accept(channels.rest()) + thoughts.rest();
  }

  /** Whether any thought was left out. */
  boolean hidden() {
    return thoughts.hidden() || channels.hidden();
  }

  private String join(String text) {
    String all = half.isEmpty() ? text : half + text;
    boolean parted = Character.isHighSurrogate(all.charAt(all.length() - 1));
    half = parted ? all.substring(all.length() - 1) : "";
    return parted ? all.substring(0, all.length() - 1) : all;
  }

  /** Without lone surrogates, which are no characters. */
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
