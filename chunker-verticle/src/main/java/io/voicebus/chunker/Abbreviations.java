package io.voicebus.chunker;

import java.util.HashMap;
import java.util.Map;

/**
 * The abbreviations that are written with a full stop. They are kept as data: {@code
 * abbreviations.txt}, which explains its format.
 */
final class Abbreviations {
  /** What the lists say about a word. */
  enum Kind {
    /** It is no abbreviation in these languages. */
    NONE,
    /** A sentence never ends with it. */
    NEVER_ENDS,
    /** A sentence may end with it, if a capital follows: "etc." */
    BEFORE_CAPITAL,
    /** A sentence may end with it, but names follow it too: "U.S." */
    BEFORE_STARTER
  }

  /** The longest word that loses its vowel is "dell'". */
  private static final int MAX_ELISION = 5;

  /** Length of an entry such as "*str?", the end of words as "Goethestr." */
  private static final int SUFFIX = 3;

  private static final WordTable SUFFIXES;
  private static final WordTable NEVER;
  private static final WordTable CAPITAL;
  private static final WordTable STARTER;

  static {
    Map<String, Long> suffixes = new HashMap<>();
    Map<String, Long> never = new HashMap<>();
    Map<String, Long> capital = new HashMap<>();
    Map<String, Long> starter = new HashMap<>();
    for (String line : WordList.lines("abbreviations.txt")) {
      int colon = line.indexOf(':');
      String code = line.substring(0, colon);
      long languages = code.equals("any") ? Languages.ALL : Languages.ofList(code);
      for (String entry : WordList.words(line.substring(colon + 1))) {
        char last = entry.charAt(entry.length() - 1);
        Map<String, Long> list = last == '?' ? capital : last == '~' ? starter : never;
        String word = list == never ? entry : entry.substring(0, entry.length() - 1);
        list.merge(word, languages, (a, b) -> a | b);
      }
    }
    capital
        .entrySet()
        .removeIf(
            entry -> {
              boolean suffix = entry.getKey().startsWith("*");
              if (suffix) {
                suffixes.put(entry.getKey().substring(1), entry.getValue());
              }
              return suffix;
            });
    SUFFIXES = new WordTable(suffixes);
    NEVER = new WordTable(never);
    CAPITAL = new WordTable(capital);
    STARTER = new WordTable(starter);
  }

  private Abbreviations() {}

  /**
   * Looks a word up.
   *
   * @param text has the word in {@code [from, to)}, without its last full stop
   * @param languages the likeliest ones
   */
  static Kind find(CharSequence text, int from, int to, long languages) {
    int start = afterElision(text, from, to);
    if (to - start == 1 && Marks.isUpper(text.charAt(start))) {
      return Kind.NONE; // an initial, not the "w." of another language
    }
    int suffix = to - SUFFIX;
    if (suffix > start && Languages.any(SUFFIXES.get(text, suffix, to), languages)) {
      return Kind.BEFORE_CAPITAL;
    }
    if (Languages.any(STARTER.get(text, start, to), languages)) {
      return Kind.BEFORE_STARTER; // English "St." is a street, too
    }
    if (Languages.any(NEVER.get(text, start, to), languages)) {
      return Kind.NEVER_ENDS;
    }
    return Languages.any(CAPITAL.get(text, start, to), languages) ? Kind.BEFORE_CAPITAL : Kind.NONE;
  }

  /** Where "Ing" starts in "l'Ing". */
  private static int afterElision(CharSequence text, int from, int to) {
    for (int i = from + 1; i < to && i < from + MAX_ELISION; i++) {
      if (text.charAt(i) == '\'' || text.charAt(i) == '’') {
        return i + 1;
      }
    }
    return from;
  }
}
