package io.voicebus.chunker.spoken;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Dates as English writes them: "March 3, 1998", "the 3rd of May", decades, seasons of two years.
 */
final class EnglishDates {
  /** What comes before a number of seconds. */
  private static final Pattern SECONDS =
      Pattern.compile(
          "(?i)(?:(?<!\\p{L})(?:wait\\p{L}{0,3}|rest\\p{L}{0,3}|hold\\p{L}{0,3}|sleep\\p{L}{0,3}|timeout|timeout of|for|every|after|within|in|is|takes?|took|last(?:s|ed)?|under|than|at least|at most|about|around) |(?<![^ ])--[a-z-]{1,30}[ =])$");

  private EnglishDates() {}

  static void add(Rules rules, Language language, Dates dates) {
    // "March 3, 1998", "Jan. 6th", "May 3–5, 2024", "June 30 – July 2"
    rules.add(
        "0",
        """
        (?<![\\p{L}\\p{N}]) (?<m> <MON> ) \\h (?<d> <D> ) (?:st|nd|rd|th)?+
        (?: \\h? [-–—] \\h? (?<to> <D> ) (?:st|nd|rd|th)?+ (?! [\\p{L}\\d] | :\\d ) )?
        (?: (?<comma> ,? ) \\h (?<y> <Y> ) (?! [\\p{L}\\p{N}_] | [.,:]\\p{N} ) )? (?! [\\p{L}\\p{N}_%] | [.,/:]\\p{N} )
        """,
        m ->
            (m.of("m").equals("May") && modal(m)) || counts(m, dates)
                ? null
                : dates.month(m.of("m"))
                    + " "
                    + dates.ordinal(m.integer("d"))
                    + (m.has("to") ? " to " + dates.ordinal(m.integer("to")) : "")
                    + dates.comma(m));
    // "15 March 1985", "the 3rd of May", "3–5 May 2024"
    rules.add(
        "0",
        """
        <B> (?<d> <D> ) (?:st|nd|rd|th)?+ (?: \\h? [-–—] \\h? (?<to> <D> ) (?:st|nd|rd|th)?+ )?
        \\h (?<of> of\\h )? (?<m> <MON> ) (?: (?<comma> ,? ) \\h (?<y> <Y> ) <E> )? (?! \\h \\d{1,2} (?!\\d) )
        """,
        m -> {
          boolean article = m.wordBefore().equalsIgnoreCase("the");
          return (article ? "" : "the ")
              + dates.ordinal(m.integer("d"))
              + (m.has("to") ? " to " + dates.ordinal(m.integer("to")) : "")
              + " of "
              + dates.month(m.of("m"))
              + dates.comma(m);
        });
    // "Mar 21 – Apr 19", "Dec. 26–Jan. 2"
    rules.add(
        "-–—",
        "(?<= (?<!\\p{L}) (?:<MONTH>|<SHORT>\\.?) \\h \\d{1,2} ) \\h? [-–—] \\h? (?= <MON> \\h \\d{1,2} (?!\\d) )",
        m -> " to ");
    // "March 1998", "Sept. 2020"
    rules.add(
        "0",
        "(?<![\\p{L}\\p{N}]) (?<m> <MON> ) (?<comma> ,? ) \\h (?<y> <Y> ) <E>",
        m -> dates.month(m.of("m")) + dates.comma(m));
    // "the 1990s", "the '80s", "in their 30s", "1980's"
    rules.add(
        "0",
        "(?<![\\p{L}\\p{N}.,$€£]) (?<y> (?:1[1-9]|20)\\d0 ) ['’]?s (?!\\p{L})",
        m -> decade(language.year(m.of("y"))));
    // "the '80s", "in her 30s"
    rules.add(
        "0",
        "(?<![\\p{L}\\p{N}.,$€£]) ['’‘]? (?<y> [2-9]0 ) s (?!\\p{L})",
        m -> isSeconds(m) ? null : decade(language.small(m.of("y"))));
    // "summer of '69", "the class of ’08"
    rules.add(
        "'’‘",
        "(?<= (?<!\\p{L}) (?: of | in | since | the | from ) \\h ) ['’‘] (?<y> \\d\\d ) (?! [\\p{L}\\p{N}'’] | [.,]\\p{N} )",
        m -> twoDigits(language, m.of("y")));
    // FY2023-24
    rules.add(
        "F",
        "(?<! [\\p{L}\\p{N}] ) FY \\h? (?<y> 20\\d\\d ) [-–/] (?<z> \\d\\d ) (?! [\\p{L}\\p{N}_/-] | [.,]\\p{N} )",
        m -> "FY " + language.year(m.of("y")) + " to " + twoDigits(language, m.of("z")));
    // "2022-23", "1985–86", "2019/20"
    rules.add(
        "0",
        "<B> (?<y> <Y> ) [-–/] (?<z> \\d\\d ) (?! [\\p{L}\\p{N}_/-] | [.,]\\p{N} )",
        m ->
            m.integer("z") == (m.integer("y") + 1) % 100 || m.integer("z") > m.integer("y") % 100
                ? language.year(m.of("y"))
                    + (m.all().contains("/") ? " " : " to ")
                    + twoDigits(language, m.of("z"))
                : null);
  }

  /** "wait 30s", "a timeout of 60s, then": no decade, since no noun follows. */
  private static boolean isSeconds(Match m) {
    if (m.before().endsWith("=")) {
      return true; // "timeout=30s"
    }
    return m.all().matches("\\d\\ds")
        && m.follows(SECONDS)
        && !m.after().matches("(?s) (?:and|or|to) ['’]?\\d0s.*")
        && (m.wordAfter().isEmpty()
            || m.wordAfter().equals("then")
            || Units.isNoNoun(m.wordAfter()));
  }

  /** "08" as "oh eight". */
  static String twoDigits(Language language, String digits) {
    return digits.startsWith("0") ? "oh " + language.small(digits) : language.small(digits);
  }

  /** "you May 3": no month after a pronoun. */
  private static boolean modal(Match m) {
    return List.of("you", "we", "they", "I", "it").contains(m.wordBefore());
  }

  /** "In March 12 people died": the number counts a plural. */
  private static boolean counts(Match m, Dates dates) {
    boolean full = dates.isMonth(m.of("m"));
    return full && !m.has("y") && !m.has("to") && m.all().matches(".*\\d") && plural(m.wordAfter());
  }

  /** Whether a word is a plural. */
  static boolean plural(String word) {
    boolean name = word.isEmpty() || Character.isUpperCase(word.charAt(0));
    if (name) {
      return false;
    }
    return List.of(
                "people",
                "men",
                "women",
                "children",
                "feet",
                "mice",
                "sheep",
                "fish",
                "more",
                "million")
            .contains(word)
        || (word.endsWith("s")
            && word.length() > 3
            && !word.endsWith("ss")
            && !List.of(
                    "was", "is", "has", "this", "its", "crisis", "series", "thus", "always", "as")
                .contains(word));
  }

  private static String decade(String year) {
    return year.endsWith("y") ? year.substring(0, year.length() - 1) + "ies" : year + "s";
  }
}
