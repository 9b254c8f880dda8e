package io.voicebus.chunker.spoken;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Words that tell what a text is about, and with it how a number in it is read: in "a ratio of
 * 3:10" no time of day is meant. NOT thread-safe.
 */
final class Topic {
  private final LatePattern words;
  private String last = "";
  private boolean found;

  /** Of a list of words; a star ends one that may go on: "dilut*". */
  Topic(List<String> list) {
    words =
        new LatePattern(
            () ->
                Pattern.compile(
                    list.stream()
                        .map(Topic::pattern)
                        .collect(
                            Collectors.joining(
                                "|", "(?<!\\p{L})(?:", list.isEmpty() ? "(?!))" : ")(?!\\p{L})")),
                    Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE));
  }

  private static String pattern(String word) {
    return word.endsWith("*")
        ? Pattern.quote(word.substring(0, word.length() - 1)) + "\\p{L}*+"
        : Pattern.quote(word);
  }

  /** Whether a text has one of the words: it is searched once, however many numbers it has. */
  boolean isIn(String text) {
    if (!text.equals(last)) {
      last = text;
      found = words.get().matcher(text).find();
    }
    return found;
  }
}
