package io.voicebus.chunker.spoken;

import java.util.Set;

/** Quarters and halves of years. */
final class Quarters {
  /** Words before a quarter whose year is not said: "au T3"; "un T3" is a flat. */
  private static final Set<String> QUARTERLY =
      Set.of(
          "au", "du", "le", "Au", "Le", "el", "del", "en", "En", "El", "no", "do", "o", "No", "O",
          "nel", "Nel", "il", "Il", "al", "ao", "pour");

  private Quarters() {}

  static void add(Rules rules, Language language) {
    // "Q3 2024", "H1/2023", "Q4"
    rules.add(
        "0",
        "(?<![\\p{L}\\p{N}]) (?<half> [QHS] ) (?<n> [1-4] ) (?: (?<gap> [\\h/-] | \\h?/\\h? ) (?<y> <Y> ) | ['’] (?<yy> \\d\\d ) )? <E>",
        m ->
            (m.of("half").equals("Q") || m.has("y") || m.has("yy"))
                ? m.of("half")
                    + " "
                    + language.small(m.of("n"))
                    + (m.has("y") ? " " + language.year(m.of("y")) : "")
                    + (m.has("yy") ? " " + language.year("20" + m.of("yy")) : "")
                : null);
    if (language.words().has("quarter")) {
      // "T1 2025", "3T de 2024", "T3", "1T25"
      rules.add(
          "T",
          "<B> (?: T (?<a> [1-4] ) | (?<b> [1-4] ) T ) (?: (?<of> \\h (?:de\\h|del\\h)? ) (?<y> <Y> ) | (?<yy> \\d\\d ) )? <E>",
          m -> {
            if (!m.has("y") && !m.has("yy") && !QUARTERLY.contains(m.wordBefore())) {
              return null; // "un T3", a flat
            }
            int n = m.has("a") ? m.integer("a") : m.integer("b");
            String set = language.is("es") ? "ordinal-masculine-adjective" : "ordinal-masculine";
            String year =
                m.has("y")
                    ? (m.of("of").isBlank() && !language.is("it") && !language.is("fr")
                            ? " de "
                            : m.of("of"))
                        + language.year(m.of("y"))
                    : m.has("yy")
                        ? (language.is("it") || language.is("fr") ? " " : " de ")
                            + language.year("20" + m.of("yy"))
                        : "";
            return language.of("quarter").replace("%o", language.numbers().ordinal(n, set)) + year;
          });
    }
  }
}
