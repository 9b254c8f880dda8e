package io.voicebus.chunker.spoken;

import io.voicebus.chunker.spoken.Numbers.Gender;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Finds the gender that a number takes from the word after it: by lists of nouns and by the endings
 * of the language. Where neither tells, {@link Gender#UNKNOWN}.
 */
final class Nouns {
  private final Words words;
  private final Set<String> masculine;
  private final Set<String> feminine;
  private final Set<String> neuter;
  private final Set<String> none;
  private final List<String> masculineEndings;
  private final List<String> feminineEndings;
  private final List<String> neuterEndings;

  Nouns(Words words) {
    this.words = words;
    masculine = words.set("masculine");
    feminine = words.set("feminine");
    neuter = words.set("neuter");
    none = words.set("no-noun");
    masculineEndings = words.list("masculine-endings");
    feminineEndings = words.list("feminine-endings");
    neuterEndings = words.list("neuter-endings");
  }

  /** Whether numbers of this value bend in this language. */
  boolean bends(Numbers.Written number) {
    if (!number.decimals().isEmpty() || number.whole().length() > 15) {
      return false;
    }
    long value = Long.parseLong(number.whole());
    long ones = value % 100;
    return switch (words.language) {
      case "de", "it" -> value == 1;
      case "fr" -> value % 10 == 1 && ones != 11 && ones != 71 && ones != 91;
      case "es" ->
          (value % 10 == 1 && ones != 11) || value % 1000 >= 200 || thousands(value) >= 200;
      case "pt" -> bendsInPortuguese(value % 1000) || bendsInPortuguese(thousands(value));
      default -> false;
    };
  }

  /** The thousands of a number: 212 of 1,212,345. */
  private static long thousands(long value) {
    return value / 1000 % 1000;
  }

  private static boolean bendsInPortuguese(long hundreds) {
    long ones = hundreds % 100;
    boolean small = (hundreds % 10 == 1 || hundreds % 10 == 2) && ones != 11 && ones != 12;
    return small || hundreds >= 200;
  }

  /** Whether a word is a noun that can be counted, or may be one. */
  boolean counts(String word) {
    boolean capital = !word.isEmpty() && Character.isUpperCase(word.charAt(0));
    return capital && of(word) != Gender.NONE;
  }

  /** The gender of a noun; {@link Gender#NONE} for no word and for a word that is no noun. */
  Gender of(String noun) {
    String word = noun.toLowerCase(Locale.ROOT);
    boolean small = words.is("de") && !noun.isEmpty() && Character.isLowerCase(noun.charAt(0));
    if (Set.of("ellas", "elas").contains(word)) {
      return Gender.FEMININE;
    }
    if (word.isEmpty() || none.contains(word) || small) {
      return Gender.NONE;
    }
    String stem = word.endsWith("es") ? word.substring(0, word.length() - 2) : word;
    String single =
        word.endsWith("s") && !words.is("de") ? word.substring(0, word.length() - 1) : word;
    if (words.is("pt") && word.endsWith("ns")) {
      word = word.substring(0, word.length() - 2) + "m"; // homens, viagens
      single = word;
    }
    if (masculine.contains(word) || masculine.contains(single) || masculine.contains(stem)) {
      return Gender.MASCULINE;
    }
    if (feminine.contains(word) || feminine.contains(single) || feminine.contains(stem)) {
      return Gender.FEMININE;
    }
    if (neuter.contains(word)) {
      return Gender.NEUTER;
    }
    return byEnding(words.is("fr") ? single : word);
  }

  private Gender byEnding(String word) {
    int f = longest(feminineEndings, word);
    int m = longest(masculineEndings, word);
    int n = longest(neuterEndings, word);
    if (f == 0 && m == 0 && n == 0) {
      return Gender.UNKNOWN;
    }
    return f > m && f > n ? Gender.FEMININE : m >= n ? Gender.MASCULINE : Gender.NEUTER;
  }

  private static int longest(List<String> endings, String word) {
    return endings.stream().filter(word::endsWith).mapToInt(String::length).max().orElse(0);
  }
}
