package io.voicebus.chunker;

import java.text.Normalizer;
import java.util.List;

/**
 * Fractions as one language says them: halves, thirds, quarters, fifths and eighths under one.
 * Others, "24/7" and "8/10", mean other things as often.
 */
final class SpokenFractions {
  /** The signs that Unicode has, all of which normalise to digits around a fraction slash. */
  private static final String SIGNS = "[¼-¾⅐-⅞]";

  private static final List<Integer> DENOMINATORS = List.of(2, 3, 4, 5, 8);

  private final SpokenWords words;
  private final NumberWords numbers;

  SpokenFractions(SpokenWords words, NumberWords numbers) {
    this.words = words;
    this.numbers = numbers;
  }

  /** "1/2", "1 3/4", "2½"; not "Step 1/4". */
  void fractions(SpokenRules rules) {
    rules.add(
        SIGNS,
        m -> " " + Normalizer.normalize(m.group(), Normalizer.Form.NFKC).replace('\u2044', '/'));
    String not = String.join("|", words.list("no-fraction-after"));
    rules.add(
        "(?<![\\w/.,-])(?<!(?i:" + not + ") )(?:(\\d{1,3}) )?([1-7])/([2-58])(?![\\w/%]|[.,-]\\d)",
        m -> {
          int numerator = Integer.parseInt(m.group(2));
          int denominator = Integer.parseInt(m.group(3));
          if (numerator >= denominator) {
            return m.group();
          }
          String whole =
              m.group(1) == null ? "" : numbers.number(m.group(1)) + words.between("and");
          return whole + fraction(numerator, denominator);
        });
  }

  private String fraction(int numerator, int denominator) {
    int name = 2 * DENOMINATORS.indexOf(denominator);
    List<String> names = words.list("fractions");
    return numerator == 1
        ? words.of("one") + " " + names.get(name)
        : numbers.number(String.valueOf(numerator)) + " " + names.get(name + 1);
  }
}
