package io.voicebus.chunker.spoken;

/** LaTeX that Markdown does not take for a formula. */
final class Latex {
  private Latex() {}

  /** Maths between dollars that begins with a digit, which Markdown takes for money. */
  static void dollars(Rules rules) {
    // $3 \times 4$, $6$
    rules.add(
        "$",
        "\\$ (?<f> (?= [^$]{0,60} [\\\\^] | [^$]{0,60} [a-z]\\h?[=+<>−-]\\h | \\d{1,4}[a-z]\\h?[=+<>−-] | [−-]?\\d{1,6}(?:[.,]\\d{1,6})?\\$ ) (?: [^$\\n\\\\] | \\\\ [^\\n] ){1,80}+ (?<!\\h) ) \\$ (?!\\d)",
        m ->
            rules
                .apply(
                    m.of("f")
                        .replace("{,}", ",")
                        .replace("\\$", "$")
                        .replaceAll("(?<=\\d)(?=[a-zA-Z])", String.valueOf(SpokenForms.PRODUCT)))
                .said());
  }

  /** LaTeX that stands in the text without marks around it. */
  static void add(Rules rules, Language language) {
    // \\textbf{Note}, \\emph{this}
    rules.add(
        "\\",
        "\\\\ (?: textbf|textit|texttt|textrm|emph|underline|mathrm|mathbf ) \\{ (?<a> [^{}]{1,80}+ ) \\}",
        m -> rules.apply(m.of("a")).said());
    // \\frac{1}{2}
    rules.add(
        "\\",
        "\\\\[dt]?frac \\{ (?<a> [^{}]{1,60}+ ) \\} \\{ (?<b> [^{}]{1,60}+ ) \\}",
        m -> {
          String bar = m.of("a") + "⁄" + m.of("b");
          return rules.apply(bar).said();
        });
    // \\sqrt{2}
    rules.add(
        "\\",
        "\\\\sqrt \\{ (?<a> [^{}]{1,60}+ ) \\}",
        m -> language.of("root") + " " + rules.apply(m.of("a")).said());
    // 3 \\times 4, a \\leq b
    rules.add(
        "\\",
        "\\h? \\\\ (?<c> times|cdot|div|leq?|geq?|neq?|pm|approx ) (?!\\p{L}) \\h?",
        m ->
            " "
                + language.of(
                    switch (m.of("c")) {
                      case "times", "cdot" -> "times";
                      case "div" -> "divided";
                      case "le", "leq" -> "atmost";
                      case "ge", "geq" -> "atleast";
                      case "ne", "neq" -> "unequal";
                      case "pm" -> "plusminus";
                      default -> "approx";
                    })
                + " ");
  }
}
