package io.voicebus.chunker;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Ordinal numbers and the Roman numerals after names, as one language says them. */
final class SpokenOrdinals {
  private static final String ROMAN =
      "(?<![\\p{L}\\d])(\\p{Lu}\\p{L}{2,24}+) ((?:X{1,3}|X?(?:IX|IV|V?I{1,3}|V))(?:IX|IV|V?I{0,3}))(?![\\p{L}\\d])(?![.']\\p{L})(\\.(?= \\p{Ll}))?";

  private final SpokenWords words;
  private final NumberWords numbers;

  SpokenOrdinals(SpokenWords words, NumberWords numbers) {
    this.words = words;
    this.numbers = numbers;
  }

  /** "21st", "1er", "am 3. Oktober". */
  void ordinals(SpokenRules rules) {
    String ordinal = words.of("ordinal");
    if (words.of("ordinal-suffix").equals(".")) {
      String names =
          String.join("|", words.list("months"))
              + "|Jahrhunderts?|Mal|Platz|Klasse|Stock|Weltkrieg";
      for (String ruleSet : List.of("ordinal-n", "ordinal")) {
        String before = String.join("|", words.list(ruleSet + "-after"));
        rules.add(
            "(?i)\\b(" + before + ") (\\d{1,2})\\. (?=" + names + ")",
            m -> m.group(1) + " " + numbers.ordinal(Long.parseLong(m.group(2)), ruleSet) + " ");
      }
      rules.add(
          "(?<![\\w.,])(\\d{1,2})\\. (?=" + names + ")",
          m -> numbers.ordinal(Long.parseLong(m.group(1)), ordinal) + " ");
      return;
    }
    String suffixes =
        words.list("ordinal-suffix").stream()
            .sorted((a, b) -> b.length() - a.length())
            .map(Pattern::quote)
            .collect(Collectors.joining("|"));
    rules.add(
        "(?<![\\w.,])(\\d{1,6})(" + suffixes + ")(?!\\w)",
        m -> {
          boolean feminine = m.group(2).endsWith("ª") || m.group(2).endsWith("re");
          String ruleSet = feminine ? "ordinal-feminine" : ordinal;
          return numbers.ordinal(Long.parseLong(m.group(1)), ruleSet);
        });
  }

  /** "Henry VIII", "Chapter IV". */
  void numerals(SpokenRules rules) {
    List<String> cardinal = words.list("numeral-cardinal");
    rules.add(
        ROMAN,
        match -> {
          int value = roman(match.group(2));
          String name = match.group(1);
          boolean part = cardinal.contains(name);
          boolean ruler = words.list("rulers").contains(name);
          boolean letter = match.group(2).length() == 1;
          if (value < 1 || value > 39 || (letter && !part)) {
            return match.group();
          }
          if (!ruler || words.of("numeral").isEmpty()) {
            return name + " " + numbers.number(String.valueOf(value));
          }
          String ruleSet =
              words.of("numeral-ordinal").isEmpty()
                  ? words.of("ordinal")
                  : words.of("numeral-ordinal");
          return name + " " + words.of("numeral").replace("%o", numbers.ordinal(value, ruleSet));
        });
  }

  private static int roman(String numeral) {
    int value = 0;
    for (int i = 0; i < numeral.length(); i++) {
      int digit = digit(numeral.charAt(i));
      boolean less = i + 1 < numeral.length() && digit < digit(numeral.charAt(i + 1));
      value += less ? -digit : digit;
    }
    return value;
  }

  private static int digit(char c) {
    return c == 'X' ? 10 : c == 'V' ? 5 : 1;
  }
}
