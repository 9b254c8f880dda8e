package io.voicebus.chunker.spoken;

import java.util.Locale;

/** Upright bars of formulas: absolute values, norms, conditional probabilities. */
final class Bars {
  private Bars() {}

  static void add(Rules rules, Language language) {
    rules.define("TERMS", "(?: [\\p{L}\\p{N}(−√-] [\\p{L}\\p{N}\\h+−·*/^().,-]{0,16} (?<!\\h) )");
    // |x| first, "f |x|", (|x|, =|x|, 2|x|, |x||y|
    rules.define("OPENS", "(?: ^ | [\\h(=+−*/<>≤≥·,:\\p{Nd}|-] )");
    // ‖v‖, ||v||
    rules.add(
        "|‖",
        "(?<! [\\p{L}\\p{N}|‖] ) (?: \\|\\| | ‖ ) (?= <TERMS> (?: \\|\\| | ‖ ) )",
        m -> named("norm", m, language));
    // their ends
    rules.add("|‖", "(?<= (?: \\|\\| | ‖ ) <TERMS> ) (?: \\|\\| | ‖ ) (?!\\p{L})", m -> "");
    // |x| < 3, 2|a + b|
    rules.add(
        "|",
        "(?<= <OPENS> ) \\| (?= <TERMS> \\| (?!\\p{L}{2}) )",
        m -> named("absolute", m, language));
    // its end
    rules.add("|", "(?<= <OPENS> \\| <TERMS> ) \\| (?!\\p{L}{2})", m -> "");
    // P(A|B), E[X | Y]
    rules.add(
        "|",
        "(?<= (?<!\\p{L}) (?: P|Pr|p|E|Prob ) [(\\[] [^()\\[\\]|]{1,20} ) \\| (?= [^()\\[\\]|]{1,20} [)\\]] )",
        m -> " " + language.of("given") + " ");
  }

  /** The name of what the bars stand for, unless the text has just said it. */
  private static String named(String key, Match m, Language language) {
    String name = language.of(key);
    String before = m.wordBefore().toLowerCase(Locale.ROOT);
    boolean said = before.length() > 3 && name.toLowerCase(Locale.ROOT).contains(before);
    return said ? "" : name + " " + Rules.GLUE;
  }
}
