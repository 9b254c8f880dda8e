package io.voicebus.chunker.spoken;

/**
 * Puts what a pattern matches first before what must stand in front of it: a look-behind at every
 * character of a text is what rules cost most. {@code (?<= a|b ) c} becomes {@code (?=c) (?<= a|b )
 * c}, which matches the same.
 */
final class LookAhead {
  private LookAhead() {}

  /** A pattern in the syntax of {@link java.util.regex.Pattern#COMMENTS} that matches the same. */
  static String first(String pattern) {
    int from = blanks(pattern, 0);
    int at = from;
    while (pattern.startsWith("(?<=", at) || pattern.startsWith("(?<!", at)) {
      at = blanks(pattern, end(pattern, at));
    }
    if (at == from || at >= pattern.length()) {
      return pattern;
    }
    int end = end(pattern, at);
    boolean plain = "(|)?*+^$.{#".indexOf(pattern.charAt(at)) < 0;
    String element = pattern.substring(at, end);
    if (pattern.startsWith("(?=", at)) {
      return element + " " + pattern.substring(0, at) + pattern.substring(end);
    }
    int next = blanks(pattern, end);
    boolean optional = next < pattern.length() && "?*{".indexOf(pattern.charAt(next)) >= 0;
    boolean anchor = element.length() == 2 && "bBAzZGQE".indexOf(element.charAt(1)) >= 0;
    return plain && !optional && !anchor ? "(?=" + element + ") " + pattern : pattern;
  }

  private static int blanks(String pattern, int from) {
    int at = from;
    while (at < pattern.length() && Character.isWhitespace(pattern.charAt(at))) {
      at++;
    }
    return at;
  }

  /** Where the element that begins at a place ends: a group, a class, or a character. */
  private static int end(String pattern, int from) {
    int depth = 0;
    int classes = 0;
    int at = from;
    do {
      char c = pattern.charAt(at);
      if (pattern.startsWith("\\Q", at)) {
        at = pattern.indexOf("\\E", at) + 1;
      } else if (c == '\\') {
        boolean named = "pPx".indexOf(pattern.charAt(at + 1)) >= 0;
        boolean braces = named && at + 2 < pattern.length() && pattern.charAt(at + 2) == '{';
        at = braces ? pattern.indexOf('}', at) : at + (pattern.charAt(at + 1) == 'u' ? 5 : 1);
      } else if (c == '[') {
        classes++;
      } else if (c == ']') {
        classes--;
      } else if (classes == 0 && c == '(') {
        depth++;
      } else if (classes == 0 && c == ')') {
        depth--;
      }
      at++;
    } while ((depth > 0 || classes > 0) && at < pattern.length());
    return at;
  }
}
