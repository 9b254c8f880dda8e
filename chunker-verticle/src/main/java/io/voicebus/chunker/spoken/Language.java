package io.voicebus.chunker.spoken;

import io.voicebus.chunker.spoken.Numbers.Gender;
import io.voicebus.chunker.spoken.Numbers.Written;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the kinds of forms share of one language. Not thread-safe.
 *
 * @param words its words
 * @param numbers its numbers
 * @param nouns what its numbers bend with
 */
record Language(Words words, Numbers numbers, Nouns nouns) {
  private static final Set<String> DATIVE =
      Set.of("mit", "bei", "nach", "seit", "von", "aus", "zu", "in", "vor", "an");
  private static final Set<String> ACCUSATIVE =
      Set.of("für", "um", "ohne", "gegen", "durch", "pro");

  /** Verbs after which a masculine "1" is a subject or a predicate. */
  private static final Pattern BE =
      Pattern.compile("(?i)(?<!\\p{L})(?:ist|war|bleibt|wird)(?!\\p{L})");

  Language(String code) {
    this(new Words(code));
  }

  private Language(Words words) {
    this(words, new Numbers(words.language), new Nouns(words));
  }

  boolean is(String code) {
    return words.is(code);
  }

  String of(String key) {
    return words.of(key);
  }

  /** A number that counts the word after the match; null if it bends and nobody knows how. */
  @Nullable String count(String written, Match match) {
    Written number = numbers.read(written);
    if (!nouns.bends(number)) {
      return numbers.say(number, Gender.NONE);
    }
    Gender gender = nouns.of(match.wordAfter());
    if (gender == Gender.UNKNOWN) {
      return null;
    }
    return is("de") && gender != Gender.NONE
        ? germanOne(gender, match)
        : numbers.say(number, gender);
  }

  private static String germanOne(Gender gender, Match match) {
    String before = match.wordBefore().toLowerCase(Locale.ROOT);
    boolean feminine = gender == Gender.FEMININE;
    if (DATIVE.contains(before)) {
      return feminine ? "einer" : "einem";
    }
    if (feminine || gender == Gender.NEUTER) {
      return feminine ? "eine" : "ein";
    }
    boolean subject = match.start() == 0 || BE.matcher(match.before()).find();
    return !ACCUSATIVE.contains(before) && subject ? "ein" : "einen";
  }

  /** A small whole number, bending with nothing. */
  String small(String digits) {
    return numbers.cardinal(Long.parseLong(digits), Gender.NONE);
  }

  String year(String digits) {
    return numbers.year(Integer.parseInt(digits));
  }
}
