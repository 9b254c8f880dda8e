package io.voicebus.gemini;

import java.util.List;

/**
 * Leaves out what a model thinks between {@code <think>} and {@code </think>} in the midst of its
 * answer, however the tags are cut. What might become a tag is held back until that is clear.
 */
final class ThinkFilter {
  private static final List<String> OPENING = List.of("<think>", "<thinking>");
  private static final List<String> CLOSING = List.of("</think>", "</thinking>");

  private boolean thinking;
  private String held = "";

  /**
   * A filter.
   *
   * @param thinking whether the answer begins in thought: some templates have the opening tag in
   *     the prompt, so that only the closing one comes
   */
  ThinkFilter(boolean thinking) {
    this.thinking = thinking;
  }

  /** What of the text is to be said; the rest was thought, or is held back. */
  String accept(String text) {
    if (!thinking && held.isEmpty() && text.indexOf('<') < 0) {
      return text;
    }
    String all = held + text;
    held = "";
    StringBuilder said = new StringBuilder();
    int at = 0;
    while (at < all.length()) {
      List<String> tags = thinking ? CLOSING : OPENING;
      int bracket = all.indexOf('<', at);
      int end = bracket < 0 ? all.length() : bracket;
      if (!thinking) {
        said.append(all, at, end);
      }
      at = end;
      if (bracket >= 0) {
        int length = tagLength(all, at, tags);
        if (length > 0) {
          thinking = !thinking;
          at += length;
        } else if (mayBecome(all, at, tags)) {
          held = all.substring(at);
          at = all.length();
        } else {
          if (!thinking) {
            said.append('<');
          }
          at++;
        }
      }
    }
    return said.toString();
  }

  /** The answer has ended: what is held back was no tag. */
  String rest() {
    String rest = thinking ? "" : held;
    held = "";
    return rest;
  }

  private static int tagLength(String text, int at, List<String> tags) {
    return tags.stream()
        .filter(tag -> text.startsWith(tag, at))
        .mapToInt(String::length)
        .findFirst()
        .orElse(0);
  }

  private static boolean mayBecome(String text, int at, List<String> tags) {
    return tags.stream()
        .anyMatch(tag -> text.length() - at < tag.length() && tag.startsWith(text.substring(at)));
  }
}
