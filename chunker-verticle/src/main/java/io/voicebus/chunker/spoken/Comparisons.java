package io.voicebus.chunker.spoken;

import java.util.regex.Pattern;

/** Signs that compare: less, greater, equal, about. */
final class Comparisons {
  private static final Pattern QUESTION =
      Pattern.compile("(?:^|[.!?:]\\h)(?:Is|Ist|Est-ce que|Es|È|É) [\\p{L}\\p{N}.,²³]{1,12}$");

  private static final Pattern VERB =
      Pattern.compile(
          "(?i)(?:\\p{L}['’]s|(?<!\\p{L})(?:is|are|was|were|be|now|ist|sind|war|est|sont|es|son|è|é))$");

  private Comparisons() {}

  static void add(Rules rules, Language language) {
    // <5, "must be < 5"
    rules.add(
        "<",
        "(?<= ^ | [\\h(] ) < (?= \\p{N} ) | (?<= ^ | \\( | \\p{Ll}{3}\\.?\\h ) < \\h (?= \\p{N} )",
        m -> prefix(language, "less"));
    // >18, "must be > 5"
    rules.add(
        ">",
        "(?<= ^ | [\\h(] ) > (?= \\p{N} ) | (?<= ^ | \\( | \\p{Ll}{3}\\.?\\h ) > \\h (?= \\p{N} )",
        m -> prefix(language, "greater"));
    // >$50, <€5
    rules.add(
        "<>",
        "(?<= ^ | [\\h(] ) [<>] (?= [$€£¥]\\p{N} )",
        m -> prefix(language, m.all().equals("<") ? "less" : "greater"));
    // ≤ 5 at the start, "ages >=18"
    rules.add(
        "≤<≥>",
        "(?<= ^ | [\\h(] ) (?: (?<le> <= | ≤ ) | >= | ≥ ) \\h? (?= \\p{N} )",
        m -> standsAlone(m) ? prefix(language, m.has("le") ? "atmost" : "atleast") : null);
    // a ≤ b, a <= b
    rules.add("<=≤", "\\h? (?: <= | ≤ | ⩽ ) \\h?", m -> " " + said(m, language, "atmost") + " ");
    // a ≥ b, a >= b
    rules.add(
        ">=≥",
        "\\h? (?: (?<![=-])>= | ≥ | ⩾ ) \\h?",
        m -> " " + said(m, language, "atleast") + " ");
    // a ≠ b, a != b
    rules.add("!≠", "\\h? (?: !={1,2} | ≠ | =/= ) \\h?", m -> " " + language.of("unequal") + " ");
    // x = 2, a == b, 50% = ½
    rules.add(
        "=",
        "(?<= [\\p{L}\\p{N})}!²³\"'”’\\]%|€$£¥] ) \\h? ={1,3} \\h? (?= [\\p{L}\\p{N}(√±−\"'“‘$€£?\\[+∑∫-] | \\.\\p{N} )",
        m -> " " + language.of("equals") + " ");
    // x < 3, |x| < 3, a < b
    rules.add(
        "<",
        "(?<= [\\p{L}\\p{N})|*] ) \\h? < \\h? (?= [\\p{N}(|−-] | \\.\\p{N} | \\p{L}(?!\\p{L}) )",
        m -> asks(m) ? " " + prefix(language, "less") : " " + language.of("less") + " ");
    // x > 3, a > b
    rules.add(
        ">",
        "(?<= [\\p{L}\\p{N})|*] ) \\h? > \\h? (?= [\\p{N}(|−-] | \\.\\p{N} | \\p{L}(?!\\p{L}) )",
        m -> asks(m) ? " " + prefix(language, "greater") : " " + language.of("greater") + " ");
    // ~20, "about ~ $5", "only ≈ 5"
    rules.add(
        "≈~",
        "(?: (?<= ^ | \\( | [\\p{L},;:=—–]\\h ) [~∼] | (?<= ^ | \\( | (?<!\\p{Lu})\\p{Ll}{2}\\h ) ≈ ) \\h? (?= [\\p{L}\\p{N}$€£] )",
        m -> language.of("about") + " ");
    // π ≈ 3.14
    rules.add("≈", "(?<= [\\p{L}\\p{N})] ) \\h? ≈ \\h?", m -> " " + language.of("approx") + " ");
  }

  /** "Is 7 > 5?", "it's > 99%": the verb stands before. */
  private static boolean asks(Match m) {
    return m.follows(QUESTION) || m.follows(VERB);
  }

  /** With the verb, unless that stands before. */
  private static String said(Match m, Language language, String key) {
    return asks(m) ? prefix(language, key).strip() : language.of(key);
  }

  /** Whether no operand comes before. */
  private static boolean standsAlone(Match m) {
    String before = m.before().stripTrailing();
    return before.isEmpty()
        || ",;:(&".indexOf(before.charAt(before.length() - 1)) >= 0
        || before.matches("(?s).*\\p{L}{3}\\.") // "incl. ≥1 digit"
        || m.wordBefore().length() > 1;
  }

  /** A comparison with nothing before it: without the verb. */
  private static String prefix(Language language, String key) {
    String said = language.of(key);
    // "x > 5 is true", "x < 3 est faux"
    return said.replaceFirst("^(?:is|est|es|è|é) ", "") + " ";
  }
}
