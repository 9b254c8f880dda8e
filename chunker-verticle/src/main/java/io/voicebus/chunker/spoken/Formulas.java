package io.voicebus.chunker.spoken;

import java.text.Normalizer;
import org.jspecify.annotations.Nullable;

/** Signs of sums and formulas, powers, roots, superscripts and subscripts. */
final class Formulas {
  private Formulas() {}

  static void add(Rules rules, Language language) {
    // 10⁻⁶, x², (a+b)³
    rules.add(
        "⁰¹²³⁴⁵⁶⁷⁸⁹",
        "(?<= [\\p{N}\\p{L})\\]|] ) (?<p> [⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,4} ) (?! [\\p{L}\\p{N}] & [^⁰¹²³⁴⁵⁶⁷⁸⁹] )",
        m -> power(normal(m.of("p")), language));
    rules.add("ⁿ", "(?<= [\\p{N}\\p{L})] ) ⁿ", m -> language.of("power") + " n");
    // x^2, 2^{10}, e^x
    rules.add(
        "^",
        "(?<= [\\p{N}\\p{L})\\]] ) \\h? \\^ \\h? (?: \\{ (?<b> [^{}]{1,12} ) \\} | (?<p> -?[\\p{N}]{1,4}+ (?!\\.\\d) | [a-z] (?!\\p{L}) ) )",
        m -> power(m.has("b") ? m.of("b").strip() : m.of("p"), language));
    rules.add("^", "(?<= [\\p{N}\\p{L})] ) \\^ (?= [\\p{N}\\p{L}(] )", m -> language.of("power"));
    // CO₂, H₂O, x₁
    rules.add(
        "₀₁₂₃₄₅₆₇₈₉",
        "(?<= [\\p{L})\\]] ) [₀₁₂₃₄₅₆₇₈₉]{1,4}+",
        m -> language.small(normal(m.all())));
    rules.add("√", "√ \\h?", m -> language.of("root") + " ");
    // a fraction of maths: its numerator ends here
    rules.add("⁄", "\\h? ⁄ \\h?", m -> " " + language.of("over") + " ");
    // 12 + 7, a + b, +12
    rules.add(
        "+",
        "(?<= [\\p{L}\\p{N})²³%] ) \\h? \\+ \\h? (?= [\\p{L}\\p{N}(√] )",
        m -> plusIsWord(m) ? " " + language.of("plus") + " " : null);
    rules.add("+", "(?<= ^ | [\\h(:|=] ) \\+ (?= \\p{N} )", m -> language.of("plus"));
    rules.add("±∓", "\\h? [±∓] \\h?", m -> " " + language.of("plusminus") + " ");
    // 19 - 7 =, x² - 4x, 5 − 3
    rules.add(
        "-−–",
        "(?<= [\\p{N})²³ⁿ] | (?<!\\p{L})\\p{L} ) \\h [-−–] \\h (?= [\\p{N}(√] | \\p{L}(?!\\p{L}) )",
        m -> isFormula(m) ? " " + language.of("minus") + " " : null);
    rules.add(
        "-−",
        "(?<= [\\p{N})²³] | (?<!\\p{L})\\p{L} ) [-−] (?= [\\p{N}(] | \\p{L}(?!\\p{L}) )",
        m -> isFormula(m) && !isRange(m) ? " " + language.of("minus") + " " : null);
    rules.add(
        "−",
        "(?<= [\\p{L}\\p{N})] ) \\h? − \\h? (?= [\\p{L}\\p{N}(] )",
        m -> " " + language.of("minus") + " ");
    // -5, −3
    rules.add(
        "-−",
        "(?<! [\\p{L}\\p{N})\\]²³.,%-] ) [-−] (?= \\h?[\\p{N}√] (?! \\h ) | \\p{N} | \\p{L}(?!\\p{L}) )",
        m -> negative(m) ? language.of("minus") + " " : null);
    // 2*3, 3 × 4, 2·x
    rules.add(
        "*×·⋅",
        "(?<= [\\p{L}\\p{N})²³] ) \\h? [*×·⋅] \\h? (?= [\\p{L}\\p{N}(√−-] )",
        m ->
            m.all().contains("·")
                    && Character.isLetter(m.text().charAt(m.start() - 1))
                    && !isFormula(m)
                ? null
                : " " + language.of("times") + " ");
    rules.add("÷", "\\h? ÷ \\h?", m -> " " + language.of("divided") + " ");
    rules.add(
        "!",
        "(?<= \\p{N} | [=(+*]\\h?\\p{L} ) ! (?= \\h?[=+*/<>)^×÷] )",
        m -> " " + language.of("factorial"));
    if (!language.is("en")) {
      // 12 : 4 = 3
      rules.add(":", "(?<= \\p{N} ) \\h : \\h (?= \\p{N} )", m -> isFormula(m) ? " " + language.of("divided") + " " : null);
    }
    rules.add("§", "§{1,2} \\h?", m -> (language.is("en") ? "section" : language.is("de") ? "Paragraf" : "§").concat(" "));
    // comparisons
    rules.add("≤<≥>", "(?<= ^ | [\\h(] ) (?: (?<le> <= | ≤ ) | >= | ≥ ) \\h? (?= \\p{N} )", m -> standsAlone(m) ? prefix(language, m.has("le") ? "atmost" : "atleast") : null);
    rules.add("<=≤", "\\h? (?: <= | ≤ | ⩽ ) \\h?", m -> " " + language.of("atmost") + " ");
    rules.add(
        ">=≥", "\\h? (?: (?<![=-])>= | ≥ | ⩾ ) \\h?", m -> " " + language.of("atleast") + " ");
    rules.add("!≠", "\\h? (?: != | ≠ | =/= ) \\h?", m -> " " + language.of("unequal") + " ");
    rules.add(
        "=",
        "(?<= [\\p{L}\\p{N})!²³\"'”’\\]%] ) \\h? ={1,3} \\h? (?= [\\p{L}\\p{N}(√±−\"'“‘$€£?\\[+-] )",
        m -> " " + language.of("equals") + " ");
    rules.add(
        "<",
        "(?<= [\\p{L}\\p{N})|] ) \\h? < \\h? (?= [\\p{N}(|−-] | \\p{L}(?!\\p{L}) )",
        m -> " " + language.of("less") + " ");
    rules.add(
        ">",
        "(?<= [\\p{L}\\p{N})|] ) \\h? > \\h? (?= [\\p{N}(|−-] | \\p{L}(?!\\p{L}) )",
        m -> " " + language.of("greater") + " ");
    rules.add("<", "(?<= ^ | [\\h(] ) < \\h? (?= \\p{N} )", m -> prefix(language, "less"));
    rules.add(">", "(?<= ^ | [\\h(] ) > \\h? (?= \\p{N} )", m -> prefix(language, "greater"));
    rules.add(
        "≈~",
        "(?: (?<= ^ | [\\h(] ) [≈~∼] \\h? (?= [\\p{L}\\p{N}$€£] ) )",
        m -> language.of("about") + " ");
    rules.add("≈", "\\h? ≈ \\h?", m -> " " + language.of("about") + " ");
    rules.add("&", "\\h? & \\h?", m -> " " + language.of("and") + " ");
  }

  /** Whether no operand comes before. */
  private static boolean standsAlone(Match m) {
    String before = m.before().stripTrailing();
    return before.isEmpty() || ",;:(".indexOf(before.charAt(before.length() - 1)) >= 0 || m.wordBefore().length() > 1;
  }

  /** A comparison with nothing before it: without the verb. */
  private static String prefix(Language language, String key) {
    String said = language.of(key);
    return said.replaceFirst("^(?:is|est|es|è|é) ", "") + " ";
  }

  private static boolean plusIsWord(Match m) {
    return m.text().length() > m.end();
  }

  /** Whether the text has another sign of a formula. */
  private static boolean isFormula(Match m) {
    for (int i = 0; i < m.text().length(); i++) {
      if ("=²³√±≤≥≠<>⁄×÷∑∫".indexOf(m.text().charAt(i)) >= 0) {
        return true;
      }
    }
    return false;
  }

  private static boolean isRange(Match m) {
    boolean left = Character.isDigit(m.text().charAt(m.start() - 1));
    boolean right = m.end() < m.text().length() && Character.isDigit(m.text().charAt(m.end()));
    return left && right && m.text().indexOf('=') < 0;
  }

  private static boolean negative(Match m) {
    char next = m.text().charAt(m.end());
    return Character.isDigit(next)
        || next == ' '
        || next == '√'
        || (isFormula(m) && Character.isLetter(next));
  }

  private static @Nullable String power(String power, Language language) {
    return switch (power) {
      case "2" -> language.of("squared");
      case "3" -> language.of("cubed");
      default -> {
        boolean minus = power.startsWith("-") || power.startsWith("−");
        String rest = minus || power.startsWith("+") ? power.substring(1) : power;
        boolean digits = rest.chars().allMatch(Character::isDigit) && !rest.isEmpty();
        yield language.of("power")
            + " "
            + (minus ? language.of("minus") + " " : "")
            + (digits ? language.small(rest) : rest);
      }
    };
  }

  private static String normal(String digits) {
    return Normalizer.normalize(digits, Normalizer.Form.NFKC).replace('\u2212', '-');
  }
}
