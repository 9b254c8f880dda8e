package io.voicebus.chunker.spoken;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Sums, products, integrals and limits with what they go over, roots, and signs of sets. */
final class BigOperators {
  private static final Map<String, String> NAMES =
      Map.of("∑", "sum", "∏", "product", "∫", "integral", "∬", "integral", "∮", "integral");

  /** What a sum goes over: a letter, a number, a bracket. */
  private static final Pattern OPERAND = Pattern.compile("[\\p{L}\\p{N}](?!\\p{L})|[(√-]");

  private static final Pattern SIMPLE = Pattern.compile("[-−]?\\d{1,4}|\\p{L}");

  private BigOperators() {}

  static void add(Rules rules, Language language) {
    // "_0", "_{n = 1}", "^ ∞"
    rules.define(
        "LOWER",
        "(?: \\h? _ \\h? (?: \\{ (?<a> [^{}]{1,40}+ ) \\} | (?<a1> [\\p{L}\\p{N}] ) ) | (?<a2> [₀₁₂₃₄₅₆₇₈₉ₐₑₒₓₖₗₘₙᵢ₊₋₌]{1,8}+ ) )");
    rules.define(
        "UPPER",
        "(?: \\h? \\^ \\h? (?: \\{ (?<b> [^{}]{1,40}+ ) \\} | (?<b1> -? [\\p{L}\\p{N}∞] ) ) | (?<b2> [⁰¹²³⁴⁵⁶⁷⁸⁹ⁿᵐᵏ⁺⁻]{1,6}+ ) )");
    // ∫_0^1, ∑_{n=1}^∞, ∏_{p}, ∫₀¹, ∑ᵢ₌₁ⁿ, ∫
    rules.add(
        "∑∏∫∬∮",
        "(?<o> [∑∏∫∬∮] ) (?: <LOWER> <UPPER>? )? \\h?",
        m -> {
          String name = language.of(NAMES.getOrDefault(m.of("o"), "sum"));
          String lower = said(m.of("a") + m.of("a1") + Formulas.normal(m.of("a2")), rules);
          String upper = said(m.of("b") + m.of("b1") + Formulas.normal(m.of("b2")), rules);
          boolean article = m.wordBefore().equalsIgnoreCase("the");
          name = article ? name.replaceFirst("^the ", "") : name;
          if (lower.isEmpty() && !m.precedes(OPERAND)) {
            return name + " "; // "the sign ∑"
          }
          String over =
              lower.isEmpty()
                  ? language.of("of-what")
                  : language.of(upper.isEmpty() ? "lower-limit" : "limits");
          return name + " " + over.replace("%a", lower).replace("%b", upper) + " ";
        });
    // [x³⁄3]_0^1
    rules.add(
        "_",
        "(?<= [\\])|] ) <LOWER> <UPPER>",
        m -> {
          String lower = said(m.of("a") + m.of("a1") + Formulas.normal(m.of("a2")), rules);
          String upper = said(m.of("b") + m.of("b1") + Formulas.normal(m.of("b2")), rules);
          String limits = language.of("limits").replace("%a", lower).replace("%b", upper);
          return " " + limits.replaceFirst(" \\p{L}{1,5}['’]?$", "");
        });
    // lim_{x → 0}
    rules.add(
        "_",
        "(?<!\\p{L}) lim \\h? _ \\h? \\{ \\h? (?<a> [^{}→]{1,20}+ ) → (?<b> [^{}→]{1,20}+ ) \\} \\h?",
        m ->
            language
                    .of("limit")
                    .replace("%a", said(m.of("a"), rules))
                    .replace("%b", said(m.of("b"), rules))
                + " ");
    // √[n] x
    rules.add(
        "√",
        "√ \\h? \\[ (?<n> [^\\[\\]]{1,10}+ ) \\] \\h?",
        m -> language.of("index-root").replace("%a", said(m.of("n"), rules)) + " ");
    // ⊞ (1, 2; 3, 4)
    rules.add(
        "⊞",
        "⊞",
        m -> {
          String before = m.before().toLowerCase(Locale.ROOT);
          String name = language.of("matrix");
          boolean said =
              before
                  .substring(Math.max(0, before.length() - 20))
                  .contains(name.toLowerCase(Locale.ROOT));
          return said ? "" : name;
        });
    // x^{n+1}, e^{iπ}
    rules.add(
        "^",
        "(?<= [\\p{N}\\p{L})\\]] ) \\h? \\^ \\h? \\{ (?<b> [^{}]{1,40}+ ) \\}",
        m -> {
          String power = m.of("b").strip();
          return SIMPLE.matcher(power).matches()
              ? Formulas.power(power, language)
              : " " + language.of("power") + " " + said(power, rules);
        });
    // a_{ij}, x_1
    rules.add(
        "_",
        "(?<= (?<![\\p{L}\\p{N}_]) \\p{L} ) _ (?: \\{ (?<b> [^{}]{1,20}+ ) \\} | (?<c> [\\p{L}\\p{N}] ) (?! [\\p{L}\\p{N}_] ) )",
        m -> {
          String index = m.of("b") + m.of("c");
          boolean letters = index.length() <= 3 && index.chars().allMatch(Character::isLetter);
          return " "
              + (letters ? String.join(" ", index.split("", -1)).strip() : said(index, rules));
        });
    Map<String, String> signs = language.words().map("math-signs");
    rules.define("MATHSIGN", Words.anyOf(signs.keySet()));
    if (language.is("en")) {
      // "for all x ∈ A"
      rules.add(
          "∈",
          "(?<= (?: (?<!\\p{L}) (?: all|every|each|any|some ) \\h | [∀∃] \\h? ) \\p{L} ) \\h? ∈ \\h?",
          m -> " in ");
    }
    // x ∈ A
    rules.add(
        String.join("", signs.keySet()),
        "\\h? <MATHSIGN> \\h?",
        m -> " " + signs.getOrDefault(m.all().strip(), "") + " ");
  }

  private static String said(String part, Rules rules) {
    return part.isEmpty() ? "" : rules.apply(part.strip()).said();
  }
}
