package io.voicebus.chunker.spoken;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * Functions of formulas: "f(x)", "f'(2)", "log₂(8)", "P(A ∩ B)", "O(n log n)"; and sets of numbers.
 */
final class Functions {
  /** "f(x + 1" */
  private static final Pattern CALLED =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}_])[a-zA-Z]\\((?:\\p{L}|\\d{1,4})(?:\\h?[+−∩∪×·-]\\h?(?:\\p{L}|\\d{1,4})){1,3}$");

  private Functions() {}

  /** "n(n + 1)": a product, since no function is in its own argument. */
  private static boolean repeats(Match m) {
    String argument = m.after().substring(0, Math.max(0, m.after().indexOf(')')));
    return argument.indexOf(m.text().charAt(m.start() - 1)) >= 0;
  }

  static void add(Rules rules, Language language) {
    // f'(x), g''(1)
    rules.add(
        "(",
        "(?<![\\p{L}\\p{N}_]) (?<f> [a-zA-Z] ) (?<p> ['’′]{1,2} ) \\( (?<x> [a-z] | -?\\d{1,3} ) \\)",
        m ->
            m.of("f")
                + (" " + language.of("prime")).repeat(m.of("p").length())
                + " "
                + language.of("function-of")
                + " "
                + (Character.isLetter(m.of("x").charAt(0))
                    ? m.of("x")
                    : number(m.of("x"), language)));
    // f′ = 2x
    rules.add(
        "′",
        "(?<= (?<!\\p{L}) \\p{L} [₀₁₂₃₄₅₆₇₈₉]? ) ′{1,3} (?! \\p{N} )",
        m -> (" " + language.of("prime")).repeat(m.all().length()));
    // O(√n)
    rules.add(
        "(",
        "(?<= (?<![\\p{L}\\p{N}_]) O ) \\( \\h? (?= √ )",
        m -> " " + language.of("function-of") + " ");
    // f(x), f(2)
    rules.add(
        "(",
        "(?<![\\p{L}\\p{N}_]) (?<f> [a-zA-Z] ) \\( (?<x> [a-zA-Z] | -?\\d{1,3} ) \\)",
        m ->
            Formulas.isFormula(m)
                ? m.of("f")
                    + " "
                    + language.of("function-of")
                    + " "
                    + (Character.isLetter(m.of("x").charAt(0))
                        ? m.of("x")
                        : number(m.of("x"), language))
                : null);
    // P(A ∩ B), f(x + 1)
    rules.define(
        "ARGUMENT",
        "(?: \\p{L} | \\d{1,4} ) (?: \\h? [+−∩∪×·-] \\h? (?: \\p{L} | \\d{1,4} ) ){1,3}+");
    rules.add(
        "(",
        "(?<= (?<![\\p{L}\\p{N}_]) [a-zA-Z] ) \\( (?= <ARGUMENT> \\) )",
        m ->
            Formulas.isFormula(m) || m.text().contains("∩")
                ? " " + language.of(repeats(m) ? "times" : "function-of") + " "
                : null);
    // x ∈ ℝ
    rules.add(
        ")",
        "(?<= [\\p{L}\\p{N}] ) \\)",
        m -> m.follows(CALLED) && (Formulas.isFormula(m) || m.text().contains("∩")) ? "" : null);
    Map<String, String> sets = language.words().map("number-sets");
    rules.add("ℝℕℤℚℂ", "[ℝℕℤℚℂ]", m -> sets.getOrDefault(m.all(), m.all()));
    rules.define("LOGBASE", "[₀₁₂₃₄₅₆₇₈₉]{1,3}");
    // ln(e), log₂(8), sin(x)
    rules.add(
        "(",
        "(?<![\\p{L}\\p{N}_]) (?<f> ln|log|sin|cos|tan|exp|det|sinh|cosh|tanh|arcsin|arccos|arctan ) (?<b> <LOGBASE> )? \\( (?<x> [a-zA-Zθπαβφω] | -?\\d{1,4} ) \\)",
        m ->
            Formulas.isFormula(m) || m.has("b")
                ? m.of("f")
                    + base(m, language)
                    + " "
                    + language.of("function-of")
                    + " "
                    + argument(m.of("x"), language)
                : null);
    // log₂ n
    rules.add(
        "₀₁₂₃₄₅₆₇₈₉",
        "(?<= (?<!\\p{L}) log ) (?<b> <LOGBASE> ) (?![\\p{L}\\p{N}])",
        m -> base(m, language));
    // O(n log n), O(n²)
    rules.add(
        "O",
        "(?<![\\p{L}\\p{N}_]) O\\( (?= [nkmVE1logd\\h²³^*+\\d]{1,16} \\) )",
        m -> "O " + language.of("function-of") + " ");
    rules.add("O", "(?<= (?<![\\p{L}\\p{N}_]) O\\( [nkmVE1logd\\h²³^*+\\d]{1,16} ) \\)", m -> "");
  }

  /** " base two" of "log₂(8)"; empty without one. */
  private static String base(Match m, Language language) {
    return m.has("b")
        ? " " + language.of("log-base") + " " + language.small(Formulas.normal(m.of("b")))
        : "";
  }

  private static String argument(String written, Language language) {
    return Character.isLetter(written.charAt(0))
        ? Formulas.LETTERS.getOrDefault(written, written)
        : number(written, language);
  }

  private static String number(String written, Language language) {
    boolean minus = written.startsWith("-");
    return (minus ? language.of("minus") + " " : "")
        + language.small(minus ? written.substring(1) : written);
  }
}
