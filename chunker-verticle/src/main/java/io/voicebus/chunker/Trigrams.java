package io.voicebus.chunker;

import java.util.List;

/** How likely three letters are in each of the languages; a table of about 650 KB. Pure. */
final class Trigrams {
  /** The codes of the languages; the order is that of the steps. */
  static final List<String> CODES;

  /** The table as it is written, which is how it is searched: to take it apart takes longer. */
  private static final String TRIGRAMS;

  /** Where the first trigram is in it, and the length of a line with its end, in UTF-16 units. */
  private static final int FIRST_LINE;

  private static final int LINE;
  private static final int LINES;

  static {
    TRIGRAMS = WordList.text("language/trigrams.txt");
    int codes = 0;
    while (TRIGRAMS.charAt(codes) == '#') {
      codes = TRIGRAMS.indexOf('\n', codes) + 1;
    }
    FIRST_LINE = TRIGRAMS.indexOf('\n', codes) + 1;
    CODES = List.of(TRIGRAMS.substring(codes, FIRST_LINE).strip().split(" ", -1));
    LINE = TRIGRAMS.indexOf('\n', FIRST_LINE) + 1 - FIRST_LINE;
    LINES = (TRIGRAMS.length() - FIRST_LINE) / LINE;
  }

  private Trigrams() {}

  /** Adds to each language how unlikely the trigrams of a word are in it, in steps. */
  static void add(String word, int[] steps) {
    for (int i = 0; i + 3 <= word.length(); i++) {
      int at = find(word, i);
      if (at >= 0) {
        for (int language = 0; language < steps.length; language++) {
          steps[language] += step(TRIGRAMS.charAt(at + 4 + language));
        }
      }
    }
  }

  /** A for certain, then to Z, and on from a to z. */
  private static int step(char letter) {
    return letter < 'a' ? letter - 'A' : letter - 'a' + 26;
  }

  /** Where the line of a trigram is in the table; negative if it has none. */
  private static int find(String word, int from) {
    int low = 0;
    int high = LINES - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int at = FIRST_LINE + middle * LINE;
      int order = compare(at, word, from);
      if (order == 0) {
        return at;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }

  private static int compare(int at, String word, int from) {
    for (int i = 0; i < 3; i++) {
      int order = TRIGRAMS.charAt(at + i) - word.charAt(from + i);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }
}
