package io.voicebus.chunker.spoken;

import java.util.regex.Pattern;

/** Names of compounds and of variants of genes, whose digits are no numbers of prose. */
final class Chemistry {
  /** "+ O₂ → 2H₂O" */
  private static final Pattern EQUATION = Pattern.compile("[₀-₉\\p{L})]\\h?[→⇌⟶]");

  private Chemistry() {}

  /** Elements that compounds are often made of. */
  private static final String ELEMENT =
      "(?:Na|Ca|Mg|Fe|Cu|Zn|Al|Li|Ag|Pb|Hg|Mn|Ni|Co|Sn|Ba|Sr|Cr|Ti|Si|Cl|Br|K|H|C|N|O|F|P|S|I)";

  static void add(Rules rules, Language language) {
    rules.define("ELEMENT", ELEMENT);
    // CaSO4, KMnO4, NaHCO3
    rules.add(
        "0",
        "(?<![\\p{L}\\p{N}_.-]) (?= (?:<ELEMENT>){2} ) (?= \\p{L}{0,6} \\p{Ll} \\p{L}{0,6} \\d ) (?: <ELEMENT> \\d{0,2} ){2,6}+ (?! [\\p{L}\\p{N}_-] )",
        m -> Versions.spaced(m.all(), language));
    // 2H₂ + O₂ → 2H₂O, 2NaCl
    rules.add(
        "₀₁₂₃₄₅₆₇₈₉→⇌⟶",
        "<B> (?<n> \\d{1,2} ) (?= (?: <ELEMENT> [₀-₉]{0,2} ){1,8}+ (?! [\\p{L}\\p{N}_] ) )",
        m -> EQUATION.matcher(m.text()).find() ? language.small(m.of("n")) + " " : null);
    // c.68_69delAG, p.Glu23Val, c.123A>G
    rules.add(
        ".",
        "(?<![\\p{L}\\p{N}]) (?: [cgmnr]\\.[*-]?\\d{1,6}(?:[_+-]\\d{1,6}){0,3} (?:del|dup|ins|inv|[ACGTU]>) \\w{0,12} | p\\.\\p{Lu}\\p{Ll}{2}\\d{1,5}\\w{1,12} ) (?! [\\p{L}\\p{N}] )",
        m -> m.all());
    // 3,3-dimethylhexane, 2,4,6-trinitrotoluene
    rules.add(
        ",",
        "(?<![\\p{L}\\p{N}.]) (?<n> \\d{1,2} (?: ,\\d{1,2} ){1,3} ) (?= - (?: di|tri|tetra|penta|meth|eth|prop|but|brom|chlor|fluor|nitro|hydroxy|amino|iod ) \\p{L}{3} )",
        m -> {
          StringBuilder said = new StringBuilder();
          for (String locant : m.of("n").split(",", -1)) {
            said.append(said.isEmpty() ? "" : ", ").append(language.small(locant));
          }
          return said.toString();
        });
  }
}
