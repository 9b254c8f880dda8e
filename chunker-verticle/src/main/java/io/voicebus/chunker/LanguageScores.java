package io.voicebus.chunker;

import io.voicebus.chunker.spoken.SpokenForms;
import io.voicebus.chunker.spoken.Vocabulary;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How well a text fits each of twenty languages in Latin script: common words count most, other
 * words by the trigrams of their letters, names little. Pure; its table takes about 650 KB.
 */
final class LanguageScores {
  /** A word of letters, with what an apostrophe joins to it: "l'eau", "don't". */
  static final Pattern WORD = Pattern.compile("\\p{L}++(?:['’]\\p{L}++)?+");

  /** Letters that none of the languages with spoken forms has. */
  private static final String FOREIGN = "łąęśżźćńşğıčšžřůőűșțăđěťďľĺŕ";

  /** Common words that add up to less are no evidence. */
  private static final double MIN_COMMON = 2;

  /** Without a common word, the letters of the words must tell one language by so much. */
  private static final double MIN_LETTERS = 4;

  /** The same for English, which is taken for it at the least cost: "Growth, 2023: -5%". */
  private static final double MIN_ENGLISH_LETTERS = 1;

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

  /** What a word of the spoken forms of one language counts as a hint, and how many do. */
  private static final double KNOWN = 3;

  private static final int MAX_KNOWN = 3;

  /** What the languages have to make up that have no spoken forms. */
  private static final double OTHERS = 2;

  /** The codes of the languages; the order is that of the scores. */
  static final List<String> CODES;

  private static final int ENGLISH;

  /** Writes all nouns with a capital. */
  private static final int GERMAN;

  /** Common words, and the languages that have them. */
  private static final Map<String, int[]> WORDS = new HashMap<>();

  /** Words of German that are words of English names, too, and stand before no noun: "Man City". */
  private static final Set<String> NAMED =
      Set.of("in", "man", "war", "will", "also", "gut", "fast", "mal", "so", "hat", "was");

  static {
    CODES = Trigrams.CODES;
    ENGLISH = CODES.indexOf("en");
    GERMAN = CODES.indexOf("de");
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
   * where there are no words, or none that tell a language: symbols, units, abbreviations, names.
   */
  static double[] of(CharSequence text) {
    return tally(text).scores();
  }

  /**
   * What speaks for each language, however little it is: names, single words, and how numbers are
   * written. Languages without forms are as good as the others here.
   *
   * @param bare counts for English where no word but names is written
   */
  static double[] hints(CharSequence text, double bare) {
    Tally tally = tally(text);
    LanguageSigns.findFormats(text, tally::sign);
    Matcher words = WORD.matcher(text);
    for (int found = 0; found < MAX_KNOWN && words.find(); ) {
      String word = words.group().toLowerCase(Locale.ROOT);
      Optional<String> language =
          WORDS.containsKey(word) ? Optional.empty() : Vocabulary.languageOf(word);
      language.ifPresent(code -> tally.sign(code, KNOWN));
      found += language.isPresent() ? 1 : 0;
    }
    double[] hints = new double[CODES.size()];
    for (int i = 0; i < hints.length; i++) {
      hints[i] = tally.common[i] + tally.letters[i];
    }
    hints[ENGLISH] += tally.words == 0 ? bare : 0;
    return hints;
  }

  private static Tally tally(CharSequence text) {
    Tally tally = new Tally();
    Matcher words = WORD.matcher(text);
    boolean first = true;
    boolean shouted = isShouted(text);
    while (words.find()) {
      String written = words.group();
      boolean stop = words.end() < text.length() && text.charAt(words.end()) == '.';
      if ((stop && written.length() == 1) // "n.s." is no French
          || WordRole.isSign(text, words.start(), words.end())
          || (!shouted && written.length() > 1 && isCapitals(written))) {
        continue;
      }
      String word = written.toLowerCase(Locale.ROOT).replace('’', '\'');
      boolean capital = Character.isUpperCase(written.charAt(0));
      boolean name =
          WordRole.isInName(text, words.start(), words.end(), capital)
              || (capital && WordRole.isLabel(text, words.start(), words.end()));
      boolean opens = first && WordRole.beginsSentence(text, words.start());
      double weight = name || (capital && !opens) ? NAME : capital ? FIRST_WORD : 1;
      tally.words += weight == NAME ? 0 : 1;
      if (word.indexOf('\'') < 0 || WORDS.containsKey(word)) {
        tally.add(word, weight);
      } else {
        for (String part : APOSTROPHE.split(word, -1)) {
          tally.add(part, weight);
        }
      }
      first = false;
    }
    LanguageSigns.find(text, tally::sign);
    return tally;
  }

  /** Whether a word in small letters is in a list of common words. */
  static boolean isCommon(String word) {
    return WORDS.containsKey(word);
  }

  /** Whether all is in capitals, so that they show no abbreviation. */
  private static boolean isShouted(CharSequence text) {
    return text.chars().filter(Character::isLetter).noneMatch(Character::isLowerCase)
        && text.chars().filter(c -> c == ' ').count() > 2;
  }

  private static boolean isCapitals(String word) {
    return word.chars().noneMatch(Character::isLowerCase);
  }

  /** What the words of a text add up to. */
  private static final class Tally {
    private final double[] common = new double[CODES.size()];

    /** The same without those in names. */
    private final double[] sure = new double[CODES.size()];

    private final double[] letters = new double[CODES.size()];

    /** Words that are no names, nor common ones. */
    private int others;

    /** Those of them that begin small. */
    private int small;

    /** Words that are no names. */
    private int words;

    void add(String word, double weight) {
      if (hasForeignLetter(word)) {
        for (int language = 0; language < SpokenForms.LANGUAGES.size(); language++) {
          letters[language] -= weight * LONG_WORD;
        }
      }
      int[] languages = WORDS.get(word);
      if (languages != null) {
        double each = word.length() >= 3 ? LONG_WORD : SHORT_WORD;
        for (int language : languages) {
          boolean noun = language == GERMAN && !NAMED.contains(word);
          boolean name = weight == NAME && !noun; // "The Old Ship Inn", "Man City", but "Tage"
          double counts = name ? NAME * each : each;
          common[language] += languages.length == 1 ? counts : SHARED * counts;
          sure[language] += name ? 0 : counts;
        }
      } else if (word.length() >= 3) {
        others += weight >= FIRST_WORD ? 1 : 0;
        small += weight == 1 && word.length() > 3 ? 1 : 0;
        int[] steps = new int[letters.length];
        Trigrams.add(word, steps);
        int least = Integer.MAX_VALUE;
        for (int step : steps) {
          least = Math.min(least, step);
        }
        for (int language = 0; language < steps.length; language++) {
          letters[language] -= weight * Math.min(MAX_UNKNOWN, STEP * (steps[language] - least));
        }
      }
    }

    private static boolean hasForeignLetter(String word) {
      for (int i = 0; i < word.length(); i++) {
        if (word.charAt(i) > 0xFF && FOREIGN.indexOf(word.charAt(i)) >= 0) {
          return true;
        }
      }
      return false;
    }

    /** Whether all that speaks for a language is one short word that another one has, too: "in". */
    private boolean isShared(int language) {
      if (small > 0 || sure[language] > SHORT_WORD) {
        return false;
      }
      for (int other = 0; other < common.length; other++) {
        if (other != language && common[other] >= common[language]) {
          return true;
        }
      }
      return false;
    }

    void sign(String language, double weight) {
      int of = CODES.indexOf(language);
      if (of >= 0) {
        common[of] += weight;
        sure[of] += weight;
      }
    }

    double[] scores() {
      double[] scores = new double[CODES.size()];
      int best = 0;
      for (int i = 0; i < scores.length; i++) {
        scores[i] = common[i] + letters[i] - (i < SpokenForms.LANGUAGES.size() ? 0 : OTHERS);
        best = scores[i] > scores[best] ? i : best;
      }
      double second = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < scores.length; i++) {
        second = i == best ? second : Math.max(second, scores[i]);
      }

      double least = best == 0 ? MIN_ENGLISH_LETTERS : MIN_LETTERS;
      boolean told = others > 0 && scores[best] - second >= least;
      if ((sure[best] < MIN_COMMON || isShared(best)) && !told) {
        Arrays.fill(scores, 0, SpokenForms.LANGUAGES.size(), 0);
        Arrays.fill(scores, SpokenForms.LANGUAGES.size(), scores.length, -OTHERS);
      }
      return scores;
    }
  }
}
