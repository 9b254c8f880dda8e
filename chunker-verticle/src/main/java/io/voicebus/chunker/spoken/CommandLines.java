package io.voicebus.chunker.spoken;

import java.util.regex.Pattern;

/** Parts of command lines: flags, menus, names with dots. */
final class CommandLines {
  /** A text with a dash of prose that is written as two hyphens. */
  private static final Pattern DASHES = Pattern.compile("\\p{L}--|--(?:\\h|$)");

  /** "--save-dev". */
  private static final Pattern LONG_FLAG = Pattern.compile("--[a-z]");

  private CommandLines() {}

  /** "or -D for short": where flags are, or behind a word, where nothing is subtracted. */
  private static boolean isFlag(Match m, Language language) {
    return language.talksOf("flags", m)
        || LONG_FLAG.matcher(m.text()).find()
        || (m.wordBefore().length() > 1 && !Formulas.isSum(m, language));
  }

  static void add(Rules rules, Language language) {
    String dash = language.is("de") ? language.of("minus") : language.of("dash");
    // "--save-dev", "--port=80"
    rules.add(
        "-",
        "(?<= ^ | [\\h(\"'“‘`] ) -- (?= [a-z][a-z0-9]{1,30}+ (?! -- ) )",
        m -> DASHES.matcher(m.text()).find() ? null : dash + " " + dash + " ");
    // "-D for short"
    rules.add(
        "-",
        "(?<= ^ | [\\h(\"'“‘`] ) - (?= [A-Za-z] (?! [\\p{L}\\p{N}_'’-] ) )",
        m -> isFlag(m, language) ? dash + " " : null);
    // "Choose File > Save As"
    rules.add(
        ">›",
        "(?<= [\\p{L}\\p{N}…] ) \\h [>›] \\h (?= \\p{Lu}\\p{L} )",
        m -> language.talksOf("menus", m) ? ", " : null);
    // ".NET"
    rules.add(".", "(?<= ^ | [\\h(/] ) \\. (?= NET (?!\\p{L}) )", m -> language.of("dot") + " ");
  }
}
