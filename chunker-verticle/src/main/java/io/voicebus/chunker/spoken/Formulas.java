package io.voicebus.chunker.spoken;

import java.text.Normalizer;
import java.util.Map;
import java.util.regex.Pattern;

/** Signs of sums and formulas, powers, roots, superscripts and subscripts. */
final class Formulas {
  /** The end of what a dot parts from the next item, "420 kcal · 12 g", not of a factor. */
  private static final Pattern AFTER_ITEM = Pattern.compile("(?:\\p{L}\\p{L}|\\d\\h?\\p{L})$");

  /** "a + ". */
  private static final Pattern AFTER_SIGN = Pattern.compile("[\\p{N}\\p{L})] ?[+−×·] ?$");

  private Formulas() {}

  /** Greek letters and signs that have the same name in all the languages, or nearly. */
  static final Map<String, String> LETTERS =
      Map.ofEntries(
          Map.entry("α", "alpha"),
          Map.entry("β", "beta"),
          Map.entry("γ", "gamma"),
          Map.entry("δ", "delta"),
          Map.entry("Δ", "delta"),
          Map.entry("ε", "epsilon"),
          Map.entry("θ", "theta"),
          Map.entry("λ", "lambda"),
          Map.entry("μ", "mu"),
          Map.entry("π", "pi"),
          Map.entry("ρ", "rho"),
          Map.entry("σ", "sigma"),
          Map.entry("Σ", "sigma"),
          Map.entry("τ", "tau"),
          Map.entry("φ", "phi"),
          Map.entry("ψ", "psi"),
          Map.entry("ω", "omega"),
          Map.entry("Ω", "omega"));

  /** "2k" of a formula of maths, before units and money take it: "two k". */
  static void products(Rules rules, Language language) {
    rules.add(
        "\u2062",
        "(?<! [\\p{L}\\p{N}.,] ) (?<n> \\d{1,4} ) \u2062 (?<v> [a-zA-Z]{1,3} ) (?! [\\p{L}\\p{Nd}_] )",
        m -> language.small(m.of("n")) + " " + letters(m.of("v")));
    rules.add("\u2062", "\u2062", m -> " ");
  }

  static void add(Rules rules, Language language) {
    // Iron(III), Cu(II)
    rules.add(
        "(",
        "(?<= \\p{L}\\p{Ll} ) \\( (?<r> I{1,3}|IV|VI{0,2} ) \\) (?! \\p{L} )",
        m -> " " + language.small(String.valueOf(Numerals.value(m.of("r")))));
    // SO4^2-, Fe^{3+}
    rules.add(
        "^",
        "(?<= \\p{Lu} \\p{Ll}? \\d{0,2} | [)\\]] ) \\^ \\{? (?<n> [1-9] )? (?<s> [+−-] ) \\}? (?! [\\p{L}\\p{N}(] )",
        m ->
            (m.has("n") ? " " + language.small(m.of("n")) : "")
                + " "
                + language.of(m.of("s").equals("+") ? "plus" : "minus"));
    // 1010₂, 0xFF = 377₈
    rules.add(
        "₂₈",
        "<B> (?<n> [01]{2,20} (?= ₂ ) | [0-7]{2,12} (?= ₈ ) ) (?<b> [₂₈] ) (?! [\\p{L}\\p{N}] )",
        m ->
            language.numbers().digits(m.of("n"))
                + (language.words().has("log-base") ? " " + language.of("log-base") + " " : " ")
                + language.small(normal(m.of("b"))));
    // C(7,3), F(2,97)
    rules.add(
        "(",
        "(?<= (?<!\\p{L}) \\p{L}{1,3} \\( ) (?<a> \\d{1,4} ) , (?<b> \\d{1,4} ) (?= \\) )",
        m -> language.numbers().say(m.of("a")) + ", " + language.numbers().say(m.of("b")));
    Latex.add(rules, language);
    BigOperators.add(rules, language);
    // α, 2πr
    rules.add(
        "αβγδΔεθλμπρσΣτφψωΩ",
        "(?<! [\\u0370-\\u03FF\\u1F00-\\u1FFF] ) [αβγδΔεθλμπρσΣτφψωΩ] (?! [\\u0370-\\u03FF\\u1F00-\\u1FFF] )",
        m -> LETTERS.getOrDefault(m.all(), m.all()));
    // n → ∞
    rules.add("∞", "∞", m -> language.of("infinity"));
    // 2x, 4ac in a formula; mc²
    rules.add(
        "0",
        "(?<![\\p{L}\\p{N}_.,]) (?<n> \\d{1,4} ) (?<v> [a-zA-Z]{1,3} ) (?! [\\p{L}\\p{Nd}_] )",
        m ->
            isFormula(m) || m.after().startsWith(" +") || m.follows(AFTER_SIGN)
                ? language.small(m.of("n")) + " " + letters(m.of("v"))
                : null);
    // 2π
    rules.add("0π", "(?<![\\p{L}\\p{N}_.,]) \\d{1,3} (?= π )", m -> language.small(m.all()));
    // mc²
    rules.add("²³^", "(?<![\\p{L}\\p{N}_]) [a-z]{2} (?= [²³^] )", m -> letters(m.all()));
    Functions.add(rules, language);
    // Cu2+, Na+
    rules.add(
        "+",
        "(?<![\\p{L}\\p{N}_.-]) (?<e> Na|Ca|Mg|Fe|Cu|Zn|Al|Li|Ag|Pb|Hg|Mn|Ni|Co|Sn|Ba|Sr|Cd|Cr|NH4|K|H ) (?<n> [1-4] )? \\+ (?! [\\p{L}\\p{N}+] | \\h?[\\p{N}(=] | \\h\\p{Lu} )",
        m ->
            (m.of("e").equals("NH4") ? "NH " + language.small("4") : m.of("e"))
                + (m.has("n") ? " " + language.small(m.of("n")) : "")
                + " "
                + language.of("plus"));
    if (language.is("en")) {
      // "C♯m", "B♭m7", "F#m": a minor chord
      rules.add(
          "m",
          "(?<= (?<!\\p{L}) [A-G] [♯#♭] ) m (?= (?<n> \\d )? \\d? (?! [\\p{L}\\p{N}] ) )",
          m -> m.has("n") ? "minor " : "minor");
    }
    // C#m7, F♯min
    rules.add(
        "#♯",
        "(?<= (?<!\\p{L}) [A-G] ) [♯#] (?= (?: m|maj|min|dim|aug|sus|add ) \\d{0,2} (?! [\\p{L}\\p{N}] ) )",
        m -> " sharp ");
    // ¹⁴C, Na⁺, Ca²⁺
    rules.add(
        "⁰¹²³⁴⁵⁶⁷⁸⁹",
        "(?<![\\p{L}\\p{N}]) [⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3} (?= \\p{Lu} )",
        m -> language.small(normal(m.all())));
    // Na⁺, Ca²⁺
    rules.add(
        "⁺⁻",
        "(?<= [\\p{L}₀₁₂₃₄₅₆₇₈₉] ) (?<n> [²³] )? (?<s> [⁺⁻] ) (?! [⁰¹²³⁴⁵⁶⁷⁸⁹] )",
        m ->
            (m.has("n") ? language.small(normal(m.of("n"))) + " " : "")
                + language.of(m.of("s").equals("⁺") ? "plus" : "minus"));
    // aₙ
    rules.add("ₙ", "(?<= \\p{L} ) ₙ", m -> " n");
    // C#, F♯, B♭, C++, ®, ©
    rules.add(
        "#♯",
        "(?<= (?<!\\p{L}) [A-G] ) [♯#] (?! [\\p{L}\\p{N}] )",
        m -> language.is("en") ? " sharp" : language.is("de") ? " Sharp" : " sharp");
    // ♩ = 120
    rules.add(
        "♩♪",
        "(?<s> [♩♪] ) \\h? [=≈] \\h? (?= \\d )",
        m ->
            language.of(m.of("s").equals("♩") ? "quarter-note" : "eighth-note")
                + " "
                + language.of("equals")
                + " ");
    if (language.is("en")) {
      // B♭, B♭m
      rules.add("♭", "(?<= [A-G] ) ♭ (?<m> (?= m ) )?", m -> m.has("m") ? " flat " : " flat");
    }
    // der ©-Vermerk
    rules.add("©", "© (?= - )", m -> "copyright" + Rules.GLUE);
    // © 2029
    rules.add("©", "© \\h?", m -> "copyright ");
    // Acme®
    rules.add("®™©", "[®™]", m -> "");
    // C++
    rules.add(
        "+",
        "(?<= (?<!\\p{L}) C ) \\+\\+",
        m -> " " + language.of("plus") + " " + language.of("plus"));
    // 10⁻⁶, x², (a+b)³
    rules.add(
        "⁰¹²³⁴⁵⁶⁷⁸⁹",
        "(?<= [\\p{N}\\p{L})\\]|] ) (?<p> [⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,4} ) (?! [\\p{L}\\p{N}] & [^⁰¹²³⁴⁵⁶⁷⁸⁹] )",
        m -> power(normal(m.of("p")), language));
    // 2ⁿ
    rules.add("ⁿ", "(?<= [\\p{N}\\p{L})] ) ⁿ", m -> language.of("power") + " n");
    // x^2, 2^{10}, e^x; x^2^ in some Markdown
    rules.add(
        "^",
        "(?<= [\\p{N}\\p{L})\\]] ) \\h? \\^ \\h? (?: \\{ (?<b> [^{}]{1,12} ) \\} | (?<p> -?[\\p{N}]{1,4}+ (?!\\.\\d) | [a-z] (?!\\p{L}) ) ) (?: \\^ (?! [\\p{L}\\p{N}({] ) )?",
        m -> power(m.has("b") ? m.of("b").strip() : m.of("p"), language));
    // 2^(n+1)
    rules.add("^", "(?<= [\\p{N}\\p{L})] ) \\^ (?= [\\p{N}\\p{L}(] )", m -> language.of("power"));
    // CO₂, H₂O, x₁
    rules.add(
        "₀₁₂₃₄₅₆₇₈₉",
        "(?<= [\\p{L})\\]] ) [₀₁₂₃₄₅₆₇₈₉]{1,4}+",
        m -> language.small(normal(m.all())));
    // ∛8
    rules.add("∛", "∛ \\h?", m -> language.of("cube-root") + " ");
    // √ 2
    rules.add("√", "√ \\h?", m -> language.of("root") + " ");
    // a fraction of maths: its numerator ends here
    rules.add("⁄", "\\h? ⁄ \\h?", m -> " " + language.of("over") + " ");
    // 5 + (-2)
    rules.add("(", "(?<= [+−×*/·=-] \\h? ) \\( (?= [-−+] [\\p{N}.,]{1,12} \\) )", m -> "");
    rules.add(")", "(?<= [+−×*/·=-] \\h? \\( [-−+] [\\p{N}.,]{1,12} ) \\)", m -> "");
    rules.add("(", "\\( (?= [-−+] [\\p{N}.,]{1,12} \\) \\h? [+−×*/·÷=^] )", m -> "");
    rules.add(")", "(?<= \\( [-−+] [\\p{N}.,]{1,12} ) \\) (?= \\h? [+−×*/·÷=^] )", m -> "");
    // i++, x += 2
    rules.add(
        "+",
        "(?<= (?<![\\p{L}\\p{N}]) [a-z_] ) \\+\\+ (?! [\\p{L}\\p{N}+] )",
        m -> " " + language.of("plus") + " " + language.of("plus"));
    rules.add(
        "=",
        "(?<= [\\p{L}\\p{N}] ) \\h (?<o> [+*-] ) = \\h (?= [\\p{L}\\p{N}] )",
        m ->
            " "
                + language.of(
                    m.of("o").equals("+") ? "plus" : m.of("o").equals("*") ? "times" : "minus")
                + " "
                + language.of("equals")
                + " ");
    // 12 + 7, a + b, +12
    rules.add(
        "+",
        "(?<= [\\p{L}\\p{N})|²³%] ) \\h? \\+ \\h? (?= [\\p{L}\\p{N}(|√] )",
        m -> plusIsWord(m) ? " " + language.of("plus") + " " : null);
    // +12, (+3)
    rules.add("+", "(?<= ^ | [\\h(:|=] ) \\+ (?= \\p{N} )", m -> language.of("plus"));
    // 5 ± 1
    rules.add(
        "±∓",
        "(?: (?<! [=≈<>≤≥] ) \\h )? [±∓] \\h?",
        m -> (m.before().endsWith(" ") ? "" : " ") + language.of("plusminus") + " ");
    // 19 - 7 =, x² - 4x, 5 − 3
    rules.add(
        "-−–",
        "(?<= [\\p{N})²³ⁿ] | (?<!\\p{L})\\p{L} ) \\h [-−–] \\h (?= [\\p{N}(√] | \\p{L}(?!\\p{L}) )",
        m -> isSum(m, language) ? " " + language.of("minus") + " " : null);
    // 2-x = 1
    rules.add(
        "-−",
        "(?<= [\\p{N})²³] | (?<!\\p{L})\\p{L} ) [-−] (?= [\\p{N}(] | \\p{L}(?!\\p{L}) )",
        m -> isFormula(m) && !isRange(m) ? " " + language.of("minus") + " " : null);
    // (–0,1 %)
    rules.add("–", "(?<= \\( ) – (?= \\p{N} )", m -> language.of("minus") + " ");
    // x − y
    rules.add(
        "−",
        "(?<= [\\p{L}\\p{N})] ) \\h? − \\h? (?= [\\p{L}\\p{N}(] )",
        m -> " " + language.of("minus") + " ");
    // -5, −3
    rules.add(
        "-−",
        "(?<! [\\p{L}\\p{N})\\]²³.,%-] | \\p{N}\\h ) [-−] (?= \\h?[\\p{N}√] (?! \\h ) | \\p{N} | \\p{L}(?!\\p{L}) )",
        m -> negative(m) ? language.of("minus") + " " : null);
    // 2*3, 3 × 4, 2·x
    rules.add(
        "*×·⋅",
        "(?<= [\\p{L}\\p{N})²³] ) \\h? [*×·⋅] \\h? (?= [\\p{L}\\p{N}(√−-] )",
        m -> {
          if (!isFormula(m) && m.follows(AFTER_ITEM) && !m.all().contains("×")) {
            return m.all().matches("\\h[·⋅]\\h") ? ", " : null; // "l·l" is a letter of Catalan
          }
          return isStar(m) ? null : " " + language.of("times") + " ";
        });
    // a / b = 2
    rules.add(
        "/",
        "(?<= (?<!\\p{L}) [\\p{L}\\p{N}] | \\) ) \\h / \\h (?= [\\p{L}\\p{N}] (?!\\p{L}) | \\( )",
        m -> isFormula(m) ? " " + language.of("divided") + " " : null);
    // x/2 = 3
    rules.add(
        "/",
        "(?<= (?<![\\p{L}\\p{N}/.]) \\p{L} | π ) / (?= \\p{N} | \\p{L} (?!\\p{L}) )",
        m -> isFormula(m) ? " " + language.of("over") + " " : null);
    // P(A)/P(B), 72 kg / (1.8)²
    rules.add(
        "/",
        "(?<= \\) ) \\h?/\\h? (?= [\\p{L}\\p{N}(] ) | (?<= \\p{L} ) \\h / \\h (?= \\( )",
        m ->
            isFormula(m)
                ? " " + language.of(m.all().equals("/") ? "over" : "divided") + " "
                : null);
    // 8 ÷ 2
    rules.add("÷", "\\h? ÷ \\h?", m -> " " + language.of("divided") + " ");
    // 4! = 24, (n! + 1)
    rules.add(
        "!",
        "(?<= \\p{N} | [=(+*]\\h?\\p{L} ) ! (?= \\h?[=+*/<>)^×÷] )",
        m -> " " + language.of("factorial"));
    if (!language.is("en")) {
      // 12 : 4 = 3
      rules.add(
          ":",
          "(?<= \\p{N} ) \\h : \\h (?= \\p{N} )",
          m -> isSum(m, language) ? " " + language.of("divided") + " " : null);
    }
    // § 9, §§ 3 und 4
    rules.add(
        "§",
        "(?<s> §{1,2} ) \\h?",
        m -> language.words().list("section").get(m.of("s").length() - 1) + " ");
    Comparisons.add(rules, language);
    // U_{i ∈ I}
    rules.add(
        "_", "\\h? _ \\{ (?<x> [^{}]{1,40} ) \\}", m -> " " + rules.apply(m.of("x")).said() + " ");
    // λ_1
    rules.add(
        "_",
        "(?<= [\\u0370-\\u03FFℵ] _ ) \\d{1,3} (?! [\\p{L}\\p{N}] )",
        m -> language.small(m.all()));
    // 10% × $11,600 + 22% × $23,250
    rules.add(
        "×+",
        "(?<= [\\p{N}%)] ) \\h (?<s> [×+] ) \\h (?= [$€£¥]\\p{N} )",
        m -> " " + language.of(m.of("s").equals("+") ? "plus" : "times") + " ");
    rules.add("∠", "∠ \\h?", m -> language.is("en") ? "angle " : null);
    // Smith & Sons
    rules.add(
        "&",
        "\\h? &{1,2} \\h?",
        m ->
            language.is("es") && m.after().matches("(?is)h?i[^e].*")
                ? " e "
                : " " + language.of("and") + " ");
  }

  /** "from * to end": a star between words. */
  private static boolean isStar(Match m) {
    return m.all().equals(" * ")
        && m.wordBefore().length() > 2
        && m.after().matches("(?s)\\p{L}{2}.*");
  }

  /** "mc" as "m c". */
  private static String letters(String run) {
    return String.join(" ", run.split("", -1)).strip();
  }

  /** Whether the text is a formula, or talks of sums. */
  static boolean isSum(Match m, Language language) {
    return isFormula(m) || language.talksOf("sums", m);
  }

  private static boolean plusIsWord(Match m) {
    return m.text().length() > m.end();
  }

  /** Whether the text has another sign of a formula. */
  static boolean isFormula(Match m) {
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

  static String power(String power, Language language) {
    return switch (power) {
      case "2" -> " " + language.of("squared");
      case "3" -> " " + language.of("cubed");
      default -> {
        boolean minus = power.startsWith("-") || power.startsWith("−");
        String rest = minus || power.startsWith("+") ? power.substring(1) : power;
        boolean digits = rest.chars().allMatch(Character::isDigit) && !rest.isEmpty();
        yield " "
            + language.of("power")
            + " "
            + (minus ? language.of("minus") + " " : "")
            + (digits ? language.small(rest) : rest);
      }
    };
  }

  /** Digits above or below the line as plain ones. */
  static String normal(String digits) {
    return Normalizer.normalize(digits, Normalizer.Form.NFKC).replace('\u2212', '-');
  }
}
