package io.voicebus.chunker;

import io.voicebus.chunker.spoken.SpokenForms;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How well a text fits each of twenty languages in Latin script: common words count most, other
 * words by the trigrams of their letters, names little. Pure; its table takes about 650 KB.
 */
final class LanguageScores {
  /** A word of letters, with what an apostrophe joins to it: "l'eau", "don't". */
  private static final Pattern WORD = Pattern.compile("\\p{L}++(?:['’]\\p{L}++)?+");

  /** "Beethoven's", "9th": what only English writes. */
  private static final Pattern ENGLISH_MARKS =
      Pattern.compile("\\p{L}['’]s(?!\\p{L})|\\d(?:st|nd|rd|th)(?!\\p{L})");

  /** "a 7": an article of English, elsewhere a verb. */
  private static final Pattern A_NUMBER = Pattern.compile("(?<!\\p{L})a \\d");

  /** "l'eau" is two words. */
  private static final Pattern APOSTROPHE = Pattern.compile("'");

  /** What a common word of one letter and of three or more counts. */
  private static final double SHORT_WORD = 3;

  private static final double LONG_WORD = 5;

  /** A common word that several languages have counts so much. */
  private static final double SHARED = 0.8;

  /** No word that is not in a list counts more against a language: names are odd in all of them. */
  private static final double MAX_UNKNOWN = 6;

  /** A step of the table in natural logarithms, times what trigrams count against common words. */
  private static final double STEP = 0.3 * 0.5;

  /** Capitalised words count so much: within a sentence they are mostly names. */
  private static final double NAME = 0.35;

  private static final double FIRST_WORD = 0.6;

  /** What the languages have to make up that have no spoken forms. */
  private static final double OTHERS = 2;

  /** The codes of the languages; the order is that of the scores. */
  static final List<String> CODES;

  /** Writes all nouns with a capital. */
  private static final int GERMAN;

  /** The table as it is written, which is how it is searched: to take it apart takes longer. */
  private static final String TRIGRAMS;

  /** Where the first trigram is in it, and the length of a line with its end, in UTF-16 units. */
  private static final int FIRST_LINE;

  private static final int LINE;
  private static final int LINES;

  /** Common words, and the languages that have them. */
  private static final Map<String, int[]> WORDS = new HashMap<>();

  static {
    TRIGRAMS = WordList.text("language/trigrams.txt");
    int codes = 0;
    while (TRIGRAMS.charAt(codes) == '#') {
      codes = TRIGRAMS.indexOf('\n', codes) + 1;
    }
    FIRST_LINE = TRIGRAMS.indexOf('\n', codes) + 1;
    CODES = List.of(TRIGRAMS.substring(codes, FIRST_LINE).strip().split(" ", -1));
    GERMAN = CODES.indexOf("de");
    LINE = TRIGRAMS.indexOf('\n', FIRST_LINE) + 1 - FIRST_LINE;
    LINES = (TRIGRAMS.length() - FIRST_LINE) / LINE;
    words("language/words.txt", CODES);
    words("function-words.txt", CODES.subList(SpokenForms.LANGUAGES.size(), CODES.size()));
  }

  private LanguageScores() {}

  private static void words(String resource, List<String> languages) {
    for (String line : WordList.lines(resource)) {
      String code = line.substring(0, 2);
      if (languages.contains(code)) {
        int[] one = {CODES.indexOf(code)};
        for (String word : WordList.words(line.substring(3))) {
          WORDS.merge(word, one, LanguageScores::union);
        }
      }
    }
  }

  /** Both, where the second is one language. */
  private static int[] union(int[] some, int[] one) {
    for (int language : some) {
      if (language == one[0]) {
        return some;
      }
    }
    int[] more = Arrays.copyOf(some, some.length + 1);
    more[some.length] = one[0];
    return more;
  }

  /**
   * The score of each language, the higher the better; the same for all of them that have forms
   * where there are no words.
   */
  static double[] of(CharSequence text) {
    double[] scores = new double[CODES.size()];
    Arrays.fill(scores, SpokenForms.LANGUAGES.size(), scores.length, -OTHERS);
    Matcher words = WORD.matcher(text);
    boolean first = true;
    while (words.find()) {
      String written = words.group();
      String word = written.toLowerCase(Locale.ROOT).replace('’', '\'');
      boolean capital = Character.isUpperCase(written.charAt(0));
      double weight = !capital ? 1 : first ? FIRST_WORD : NAME;
      boolean stop = words.end() < text.length() && text.charAt(words.end()) == '.';
      if (stop && word.length() == 1) {
        continue; // "n.s." is no French
      }
      if (word.indexOf('\'') < 0 || WORDS.containsKey(word)) {
        add(word, weight, scores);
      } else {
        for (String part : APOSTROPHE.split(word, -1)) {
          add(part, weight, scores);
        }
      }
      first = false;
    }
    // "Rome a 7 collines": a verb or a preposition elsewhere more often than the English article
    scores[CODES.indexOf("en")] -=
        SHORT_WORD / 2 * A_NUMBER.matcher(text).results().limit(2).count();
    double marks = ENGLISH_MARKS.matcher(text).results().limit(4).count();
    scores[CODES.indexOf("en")] += SHORT_WORD * marks;
    return scores;
  }

  private static void add(String word, double weight, double[] scores) {
    int[] languages = WORDS.get(word);
    if (languages != null) {
      double each = word.length() >= 3 ? LONG_WORD : SHORT_WORD;
      for (int language : languages) {
        boolean name = weight == NAME && language != GERMAN; // "The Old Ship Inn", but "Tage"
        double counts = name ? NAME * each : each;
        scores[language] += languages.length == 1 ? counts : SHARED * counts;
      }
    } else if (word.length() >= 3) {
      int[] steps = new int[scores.length];
      for (int i = 0; i + 3 <= word.length(); i++) {
        int at = find(word, i);
        if (at >= 0) {
          for (int language = 0; language < steps.length; language++) {
            steps[language] += step(TRIGRAMS.charAt(at + 4 + language));
          }
        }
      }
      int least = Integer.MAX_VALUE;
      for (int step : steps) {
        least = Math.min(least, step);
      }
      for (int language = 0; language < steps.length; language++) {
        scores[language] -= weight * Math.min(MAX_UNKNOWN, STEP * (steps[language] - least));
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
