package io.voicebus.chunker.spoken;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Marks of references, which are not said, and signs that stand for a word. */
final class References {
  /** What a number in brackets belongs to: "index out of range [5]". */
  private static final Pattern INDEXED =
      Pattern.compile("(?i)(?:range|index|indices|array|element|position|interval|CI)\\h?$");

  private References() {}

  static void add(Rules rules, Language language) {
    if (language.is("fr")) {
      // "art. L. 121-1": no fifty
      rules.add("L", "(?<! [\\p{L}\\p{N}] ) L\\. (?= \\h? \\d )", m -> "L");
      // "art. L. 121-1", "R. 4127-1-2", "n° 18-26.769"
      rules.add(
          "-",
          "(?= - ) (?<= (?<!\\p{L}) (?: [LRDA]\\.\\h? | n°\\h? ) \\d{1,4} (?:-\\d{1,3})? ) - (?= \\d{1,3} (?: \\.\\d{3} )? (?! [\\p{L}\\p{N}] ) )",
          m -> " " + language.of("dash") + " ");
    }
    // "a mountain [1][2]." "below 500 m [3, 4]." "matters【4†source】."
    rules.add(
        "[【",
        """
        \\h? (?: \\[ \\d{1,3}+ (?: \\h?[,;–-]\\h? \\d{1,3}+ ){0,10}+ \\] (?!\\() | 【 [^】]{1,80}+ 】 | \\[\\^\\w{1,20}+\\] )++
        """,
        m -> m.start() == 0 || notCitation(m) ? null : "");
    // "small.¹" "results,² and": a footnote, not a power
    rules.add(
        "¹²³⁴⁵⁶⁷⁸⁹⁰",
        "(?<= \\p{L}{3} | \\p{L}[.,;:!?”\"'»] | \\p{L}\\) (?! [²³] \\h? [=+−×*/·-] ) | \\((?:19|20)\\d\\d[a-z]?\\) ) [⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}+ (?: ,[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}+ ){0,4}+ (?![\\p{L}\\p{N}])",
        m -> "");
    // "by 5%.²", and the mark behind the comma that ended the chunk before
    rules.add(
        "¹²³⁴⁵⁶⁷⁸⁹⁰",
        "(?<= %[.,;] ) [⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}+ (?! [\\p{L}\\p{N}] ) | (?<= ^ ) [⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}+ \\h (?= \\p{L}{2} )",
        m -> "");
    // nᵗʰ, Mᵐᵉ, nᵒ
    rules.add(
        "ᵃᵇᶜᵈᵉᵍʰⁱᵏˡᵐᵒᵖʳˢᵗᵘᵛʷˣʸᶻ",
        "(?<![\\p{L}\\p{N}]) (?<b> \\p{L} ) (?<s> [ᵃᵇᶜᵈᵉᵍʰⁱᵏˡᵐᵒᵖʳˢᵗᵘᵛʷˣʸᶻ]{1,4} ) (?! [\\p{L}\\p{N}] )",
        m -> raised(m, language));
    // #ff6600: no hashtag
    rules.add(
        "#",
        "(?<![\\p{L}\\p{N}&]) \\# (?= [a-fA-F]{0,5} \\d ) (?= \\d{0,5} [a-fA-F] ) (?<h> [\\da-fA-F]{6} ) (?! [\\p{L}\\p{N}_] )",
        m -> language.of("hash") + " " + signs(m.of("h"), language));
    if (language.is("en")) {
      // "a 401(k)", "501(c)(3)": sections whose word is left out
      rules.add(
          "(",
          "<B> (?<n> \\d{3} ) (?<p> \\( [a-h k] \\) (?: \\( [1-9]\\d? \\) )? ) (?! [\\p{L}\\p{N}(] )",
          m ->
              Formulas.isFormula(m)
                  ? null
                  : Telephones.pairs(m.of("n"), language) + parts(m.of("p"), language));
      // "Rule 10b-5"
      rules.add(
          "-",
          "(?= \\d ) (?<= (?<!\\p{L}) [Rr]ules? \\h ) (?<n> \\d{1,3} ) (?<l> [a-z] ) - (?<d> \\d{1,2} ) (?! [\\p{L}\\p{N}(] )",
          m -> language.small(m.of("n")) + " " + m.of("l") + " " + language.small(m.of("d")));
      // "Rule 12(b)(6)", "§ 1983(b)", "Section 4.2(b)(iii)"
      rules.add(
          "(",
          """
          (?= \\d ) (?<= (?: § | (?<!\\p{L}) (?: [Ss]ections?|[Ss]ecs?\\.|[Rr]ules?|[Aa]rticles?|[Aa]rts?\\.|[Pp]aragraphs?|[Pp]aras?\\.|[Cc]lauses?|[Ss]ubsections?|[Rr]egulations?|[Rr]egs?\\.|(?:Civ|Crim|App)\\.\\hP\\.|Evid\\. ) ) \\h )
          (?<n> \\d{1,5} (?: \\.\\d{1,3} ){0,3} ) (?<l> [a-z] )? (?<p> (?: \\( [a-zA-Z0-9]{1,4} \\) ){1,5}+ ) (?! [\\p{L}\\p{N}(] )
          """,
          m -> section(m, language));
    }
    // "Total ....... $5": leaders to a column
    rules.add(
        ".…",
        "\\h? (?: \\.{4,}+ | (?: …\\h? ){2,}+ | (?: \\.\\h ){4,}+ ) \\h? (?= [\\p{L}\\p{N}$€£¥] )",
        m -> ", ");
    // "so proud of u <3"
    rules.add(
        "<",
        "(?<= [\\p{L}!?.] ) \\h? <3+ (?! [\\p{L}\\p{N}] ) (?= [\\h!.]* $ )",
        m -> isFond(m) ? "" : null);
    // "ends soon*.", "* Terms apply"
    rules.add("*", "(?<= \\p{L}{2} | \\p{L}\\) ) \\*{1,3} (?= [.,;:!?)] | $ )", m -> "");
    rules.add("*", "(?<= ^ ) \\*{1,3} \\h? (?= \\p{Lu}\\p{Ll} )", m -> "");
    // "in summer†"
    rules.add("†‡", "(?<=[\\p{L}.,])[†‡]", m -> "");
    // "✅ Included", "❌ Not included": the word says it
    rules.add("✅❌", "(?<= : \\h{0,2} ) [✅❌] \\uFE0F? \\h{1,3} (?= \\p{L}{2} )", m -> "");
    rules.add("✓✔✅☑👍", "[✓✔✅☑]\\uFE0F?", m -> language.of("yes"));
    rules.add("✗✘❌✖☒", "[✗✘❌✖☒]\\uFE0F?", m -> language.of("no"));
    // "the price fell ↓"
    rules.add("↑↓←⬆⬇⬅", "\\h? [↑↓←⬆⬇⬅] \\uFE0F?", m -> "");
    // "ISO 9001:2015", "EN 1090-2:2018": the year of a standard
    rules.add(
        ":",
        "(?= [:-] ) (?<= (?<!\\p{L}) (?: ISO|IEC|EN|DIN|BS|ANSI|IEEE|NF|UNE|UNI|NEN|ABNT ) (?: /[A-Z]{2,4} )? [\\h-] \\d{2,5} ) (?: - (?<part> \\d{1,3} ) )? : (?<y> (?:19|20)\\d\\d ) (?! [\\p{L}\\p{N}] | [.,:]\\p{N} )",
        m ->
            (m.has("part") ? " " + language.of("dash") + " " + language.small(m.of("part")) : "")
                + ", "
                + language.year(m.of("y")));
    // "A → B"; a lone one is nothing
    rules.add(
        "→⇒➜➡⟶↔↦",
        "(?<=[\\p{L}\\p{N})%€$£°]) (?<! _\\{[^{}]{0,12} ) \\h? [→⇒➜➡⟶↦] \\uFE0F? \\h? (?=[\\p{L}\\p{N}($€£+−-])",
        m ->
            m.all().contains("⇒") && Formulas.isFormula(m)
                ? " " + language.of("implies") + " " // "x > 2 ⇒ x² > 4"
                : (" " + language.of("arrow") + " ").replace(" ,", ","));
    // "A -> B", "x => 2x"
    rules.add(
        ">",
        "(?<= [\\p{L}\\p{N})\\]+⁺⁻] ) \\h (?: -{1,2}> | => ) \\h (?= [\\p{L}\\p{N}(\\[] )",
        m -> (" " + language.of("arrow") + " ").replace(" ,", ","));
  }

  /** "f0" as "f zero". */
  private static String signs(String code, Language language) {
    StringBuilder said = new StringBuilder();
    for (int i = 0; i < code.length(); i++) {
      char c = code.charAt(i);
      said.append(said.isEmpty() ? "" : " ")
          .append(Character.isDigit(c) ? language.small(String.valueOf(c)) : String.valueOf(c));
    }
    return said.toString();
  }

  /** A text without a formula or a condition. */
  private static boolean isFond(Match m) {
    return !m.before()
        .matches(
            "(?s).*(?:[=<>≤≥]|(?<!\\p{L})(?:if|where|when|and|for|is|are)\\h\\S{1,10}\\h?$).*");
  }

  /** "12(b)(6)" as "twelve b six"; a numeral of several letters is a number. */
  private static String section(Match m, Language language) {
    StringBuilder said = new StringBuilder();
    for (String part : m.of("n").split("\\.", -1)) {
      said.append(said.isEmpty() ? "" : " " + language.of("point") + " ")
          .append(language.numbers().say(part));
    }
    return said.append(m.has("l") ? " " + m.of("l") : "")
        .append(parts(m.of("p"), language))
        .toString();
  }

  /** "(b)(6)" as " b six". */
  private static String parts(String written, Language language) {
    StringBuilder said = new StringBuilder();
    for (String part : written.substring(1).split("[()]+", -1)) {
      int numeral = part.matches("[ivx]{2,4}") ? Numerals.value(part.toUpperCase(Locale.ROOT)) : 0;
      boolean digits = !part.isEmpty() && Character.isDigit(part.charAt(0));
      said.append(part.isEmpty() ? "" : " ")
          .append(
              numeral > 0
                  ? language.small(String.valueOf(numeral))
                  : digits ? language.numbers().say(part) : part);
    }
    return said.toString();
  }

  private static @Nullable String raised(Match m, Language language) {
    String small = Normalizer.normalize(m.of("s"), Normalizer.Form.NFKC);
    return switch (m.of("b") + small) {
      case "Mme" -> "Madame";
      case "Mlle" -> "Mademoiselle";
      case "no", "No" -> language.of("number");
      default -> small.equals("th") || small.equals("e") ? m.of("b") + small : null;
    };
  }

  /** "x[3]" and "an array [1, 2]" with an equals sign around are no references. */
  private static boolean notCitation(Match match) {
    char before = match.text().charAt(match.start() - 1);
    boolean space = Match.isBlank(match.all().charAt(0));
    String rest = match.after();
    boolean goesOn =
        !rest.isEmpty() && (Character.isLetterOrDigit(rest.charAt(0)) || rest.charAt(0) == '=');
    boolean index = INDEXED.matcher(match.before()).find();
    return goesOn
        || index
        || before == '='
        || before == '['
        || rest.startsWith("]")
        || before == ':'
        || (!space && (before == '_' || Character.isDigit(before)))
        || match.text().contains("=");
  }
}
