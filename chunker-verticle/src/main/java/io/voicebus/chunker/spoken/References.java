package io.voicebus.chunker.spoken;

import java.text.Normalizer;
import org.jspecify.annotations.Nullable;

/** Marks of references, which are not said, and signs that stand for a word. */
final class References {
  private References() {}

  static void add(Rules rules, Language language) {
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
        "(?<= \\p{L}{3} | \\p{L}[.,;:!?”\"'»] | \\p{L}\\) (?! [²³] \\h? [=+−×*/·-] ) ) [⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}+ (?: ,[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}+ ){0,4}+ (?![\\p{L}\\p{N}])",
        m -> "");
    // nᵗʰ, Mᵐᵉ, nᵒ
    rules.add(
        "ᵃᵇᶜᵈᵉᵍʰⁱᵏˡᵐᵒᵖʳˢᵗᵘᵛʷˣʸᶻ",
        "(?<![\\p{L}\\p{N}]) (?<b> \\p{L} ) (?<s> [ᵃᵇᶜᵈᵉᵍʰⁱᵏˡᵐᵒᵖʳˢᵗᵘᵛʷˣʸᶻ]{1,4} ) (?! [\\p{L}\\p{N}] )",
        m -> raised(m, language));
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
        "(?= [:-] ) (?<= (?<!\\p{L}) (?: ISO|IEC|EN|DIN|BS|ANSI|IEEE|NF|UNE|UNI|NEN|ABNT ) (?: /[A-Z]{2,4} )? [\\h-] \\d{2,5} ) (?: - (?<part> \\d{1,3} ) )? : (?<y> (?:19|20)\\d\\d ) (?! [\\p{L}\\p{N}:] | [.,]\\p{N} )",
        m ->
            (m.has("part") ? " " + language.of("dash") + " " + language.small(m.of("part")) : "")
                + ", "
                + language.year(m.of("y")));
    // "A → B"; a lone one is nothing
    rules.add(
        "→⇒➜➡⟶↔",
        "(?<=[\\p{L}\\p{N})%€$£°]) (?<! _\\{[^{}]{0,12} ) \\h? [→⇒➜➡⟶] \\uFE0F? \\h? (?=[\\p{L}\\p{N}($€£+−-])",
        m -> (" " + language.of("arrow") + " ").replace(" ,", ","));
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
    return goesOn
        || before == '='
        || before == ':'
        || (!space && (before == '_' || Character.isDigit(before)))
        || match.text().contains("=");
  }
}
