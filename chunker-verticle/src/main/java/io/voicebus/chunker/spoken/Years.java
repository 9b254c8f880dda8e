package io.voicebus.chunker.spoken;

import java.util.List;
import java.util.Locale;

/** Years: after words that tell them from amounts, in ranges and in brackets. */
final class Years {
  private Years() {}

  /** Years after words that tell them from amounts, ranges of years, years in brackets. */
  static void add(Rules rules, Language language) {
    pairs(rules, language);
    // "1914–1918", "2019-2024"
    rules.add(
        "0",
        "(?<![\\p{L}\\p{N}_./-]) (?<a> <Y> ) \\h? [-–—‑] \\h? (?<b> <Y> ) (?! [\\p{L}\\p{N}_-] | [.,]\\p{N} )",
        m ->
            language.year(m.of("a"))
                + (language.is("it") && m.before().endsWith("(")
                    ? ", "
                    : (" " + language.to(m) + " ").replace("  ", " "))
                + language.year(m.of("b")));
    if (language.words().has("year-after")) {
      rules.define("YEARLY", language.words().anyOf("year-after"));
      // "in 1998", "since March, 1990"
      rules.add(
          "0",
          "(?= [12]\\d{3} (?!\\d) ) (?<!\\p{Nd}) (?<= (?<!\\p{L}) (?i:<YEARLY>|<MON>) ,? \\h [('’‘]? ) (?<y> <Y> ) <E> (?! \\h? [%€$£°×*/=] | -\\p{N} )",
          m ->
              language.is("en") && isWeak(m) && EnglishDates.plural(m.wordAfter())
                  ? null
                  : language.year(m.of("y")));
    }
    if (language.is("de")) {
      // "wurde 1998 gegründet", "seine Thesen 1517 in": not "1500 Menschen"
      rules.add(
          "0",
          "<B> (?: (?<= (?: war | wurde | wird | ist ) \\h ) (?=\\d) )? (?<y> 1[1-9]\\d\\d ) <E> (?! \\h?[%€$£°×*/=+] | (?<! (?: war | wurde | wird | ist ) \\h \\d{4} ) \\h\\p{Lu} | -\\p{N} | \\h(?:km|kg|m|g|l|t|mm|cm|ml)(?!\\p{L}) )",
          m -> language.year(m.of("y")));
    }
    rules.add("0", "(?<= [(] ) (?<y> <Y> ) (?= [)–,;] )", m -> language.year(m.of("y")));
    // (c. 1450), 1914–1918
    rules.add("0", "(?<= [(]c\\.\\h | <Y>[-–] ) (?<y> <Y> ) <E>", m -> language.year(m.of("y")));
    if (language.is("en")) {
      Dates dates = new Dates(language);
      // "the 1998 World Cup", "the 1929 crash", "back in 1848": four digits count only before a
      // plural
      rules.add(
          "0",
          "(?<![\\p{L}\\p{N}_$€£¥#+×*/=^√-]|\\p{N}[.,:]|[=<>+×*/^−]\\h) (?<y> 1[1-9]\\d\\d | 20\\d\\d ) (?! [\\p{L}\\p{N}_%] | [.,:/-]\\p{N} | \\h?[-+×*/=^<>°%€$£]\\h?[\\p{N}\\p{L}=] )",
          m -> EnglishDates.plural(m.wordAfter()) ? null : language.year(m.of("y")));
    }
  }

  /** "2024/2025": a school year. */
  private static void pairs(Rules rules, Language language) {
    rules.add(
        "/",
        "<B> (?<a> <Y> ) / (?<b> <Y> ) (?! [\\p{L}\\p{N}_/-] | [.,]\\p{N} )",
        m ->
            m.integer("b") == m.integer("a") + 1
                ? language.year(m.of("a")) + " " + language.year(m.of("b"))
                : null);
  }

  /** Whether the word before may count as well as date: "a total of 1984 votes". */
  private static boolean isWeak(Match m) {
    boolean named =
        m.before()
            .matches(
                "(?s).*(?i:class|summer|winter|spring|fall|autumn|season|crash|revolution|war|year) of\\h$");
    return !named
        && !List.of("in", "since", "until", "year")
            .contains(m.wordBefore().toLowerCase(Locale.ROOT));
  }
}
