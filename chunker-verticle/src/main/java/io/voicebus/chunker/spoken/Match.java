package io.voicebus.chunker.spoken;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a rule found, and the text around it. Only valid while the rule is applied. */
final class Match {
  /** "200-300 personas", "200 y 300 personas", "20 de las 30 personas". */
  private static final Pattern SECOND =
      Pattern.compile(
          "\\h?(?:[-–—]|\\h(?:y|e|o|ou|a|à|et|ou|u|de las|de los|das|dos|des|delle|dei|degli)\\h)\\h?\\d[\\d.]{0,12}\\h(?<noun>\\p{L}{2,30})");

  /** "31 de ellas". */
  private static final Pattern THEM =
      Pattern.compile("\\h(?:de|d['’])\\h?(?<them>ellas|ellos|elas|eles)(?!\\p{L})");

  private static final int MAX_BEFORE = 80;

  private final Matcher matcher;
  private final String text;

  Match(Matcher matcher, String text) {
    this.matcher = matcher;
    this.text = text;
  }

  /** The whole match. */
  String all() {
    return matcher.group();
  }

  /** A named group; empty if it took no part. */
  String of(String group) {
    String found = matcher.group(group);
    return found == null ? "" : found;
  }

  /** Whether a named group took part. */
  boolean has(String group) {
    return matcher.group(group) != null;
  }

  int integer(String group) {
    return Integer.parseInt(of(group));
  }

  int start() {
    return matcher.start();
  }

  int end() {
    return matcher.end();
  }

  /** The whole text. */
  String text() {
    return text;
  }

  /** The text before the match. */
  String before() {
    return text.substring(0, matcher.start());
  }

  /** The text after the match. */
  String after() {
    return text.substring(matcher.end());
  }

  /** The same as {@link #follows(Pattern)}. */
  boolean follows(LatePattern ending) {
    return follows(ending.get());
  }

  /** Whether the text before the match, of which the last 80 units count, ends with a pattern. */
  boolean follows(Pattern ending) {
    String before = text.substring(Math.max(0, matcher.start() - MAX_BEFORE), matcher.start());
    Matcher found = ending.matcher(before);
    for (int from = 0; found.find(from); from = found.start() + 1) {
      if (found.end() == before.length()) {
        return true;
      }
      if (found.start() + 1 > before.length()) {
        return false;
      }
    }
    return false;
  }

  /** Whether the text after the match begins with a pattern. */
  boolean precedes(Pattern beginning) {
    Matcher after = beginning.matcher(text);
    after.region(matcher.end(), text.length());
    return after.lookingAt();
  }

  /** The word before the match, whatever blanks are between; empty after a mark or at the start. */
  String wordBefore() {
    int end = matcher.start();
    while (end > 0 && isBlank(text.charAt(end - 1))) {
      end--;
    }
    int from = end;
    while (from > 0
        && (Character.isLetter(text.charAt(from - 1)) || text.charAt(from - 1) == '-')) {
      from--;
    }
    return text.substring(from, end);
  }

  /** The word after the match, if a blank comes before it; else empty. */
  String wordAfter() {
    int from = matcher.end();
    if (from >= text.length() || !isBlank(text.charAt(from))) {
      return "";
    }
    while (from < text.length() && isBlank(text.charAt(from))) {
      from++;
    }
    int end = from;
    while (end < text.length()
        && (Character.isLetter(text.charAt(end)) || text.charAt(end) == '-')) {
      end++;
    }
    return text.substring(from, end);
  }

  /** The noun that a number counts, over a second number: "200 y 300 personas". */
  String noun() {
    Matcher second = SECOND.matcher(text);
    second.region(matcher.end(), text.length());
    Matcher them = THEM.matcher(text);
    them.region(matcher.end(), text.length());
    return second.lookingAt()
        ? second.group("noun")
        : them.lookingAt() ? them.group("them") : wordAfter();
  }

  static boolean isBlank(char c) {
    return c == ' ' || c == '\u00A0' || c == '\u202F' || c == '\u2009';
  }
}
