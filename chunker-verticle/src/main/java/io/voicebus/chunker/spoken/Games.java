package io.voicebus.chunker.spoken;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Totals of cricket, sets of tennis, minutes of matches. */
final class Games {
  private static final Pattern CRICKET =
      Pattern.compile(
          "(?i)(?<!\\p{L})(?:declared|wickets?|innings|stumps|all out|overs|cricket|bowled|batsm[ae]n|batting)(?!\\p{L})");

  private static final Pattern BOWLED =
      Pattern.compile(
          "(?<!\\p{L})(?:took|takes|with|figures(?: of)?|finished(?: with)?|claimed) $");

  /** One set of tennis, with its tie-break: "7-6(5)", "6:7 (3:7)". */
  private static final Pattern SET =
      Pattern.compile(
          "(?<a>[0-7])(?<by>[-–:])(?<b>[0-7])(?:\\h?\\((?<c>\\d{1,2})(?:[-–:](?<d>\\d{1,2}))?\\))?");

  /** "1:0 Musiala", "Tore: Kane" */
  private static final Pattern GOAL =
      Pattern.compile(
          "(?<!\\d)\\d{1,2}:\\d{1,2}\\h(?:durch\\h)?\\p{Lu}|(?<!\\p{L})(?:Tore?|Torschützen?|Treffer|traf(?:en)?)(?!\\p{L})");

  /** "Kane (54., " */
  private static final Pattern GOALS_OF_ONE =
      Pattern.compile("\\((?:\\d{1,3}\\.(?:\\+\\d{1,2})?, ){0,4}$");

  private Games() {}

  static void add(Rules rules, Language language) {
    minutes(rules, language);
    sets(rules, language);
    if (!language.is("en")) {
      return;
    }
    // "458/7 at stumps"
    rules.add(
        "/",
        "<B> (?<a> [2-9]\\d | \\d{3} ) / (?<b> \\d ) (?! [\\p{L}\\p{N}_/%] | [.,]\\p{N} )",
        m ->
            CRICKET.matcher(m.text()).find()
                ? language.small(m.of("a")) + " for " + language.small(m.of("b"))
                : null);
    // "Bumrah took 5/41"
    rules.add(
        "/",
        "<B> (?<a> \\d{1,2} ) / (?<b> \\d{1,3} ) (?! [\\p{L}\\p{N}_/%] | [.,]\\p{N} )",
        m ->
            m.integer("a") <= 10 && m.follows(BOWLED) && CRICKET.matcher(m.text()).find()
                ? language.small(m.of("a")) + " for " + language.small(m.of("b"))
                : null);
  }

  /** Minutes of football, of added time, too. */
  private static void minutes(Rules rules, Language language) {
    String ordinal =
        switch (language.words().language) {
          case "de" -> "\\.\\h?";
          case "fr" -> "e|ème";
          case "nl" -> "e|ste";
          default -> "(?!)";
        };
    rules.define("ORDINAL", ordinal);
    rules.define(
        "ADDED", language.is("de") ? "(?<last> \\. (?= \\hMin(?:ute|\\.) ) )" : "(?<last> (?!) )");
    // "gol al 45'+2", "in the 90+3' minute", "in der 45.+2. Minute", "à la 45e+2", "al 45°+1"
    rules.add(
        "+",
        "<B> (?<n> 45|90|105|120 ) (?: (?<o> <ORDINAL> ) | (?<q> ['’′º°] )? ) \\+ (?<m> \\d{1,2} ) (?: <ADDED> | ['’′] | (?<= (?: ['’′º°] | <ORDINAL> ) \\+ \\d{1,2} ) ) (?! [\\p{L}\\p{N}] )",
        m ->
            minute(m, m.has("o"), language)
                + " "
                + language.of("plus")
                + " "
                + (m.has("last")
                    ? new GermanOrdinals(language).say(m.integer("m"), m, "Minute")
                    : language.small(m.of("m"))));
    if (language.is("de")) {
      // "1:0 Musiala (23.), 2:1 Kane (54., 78.)"
      rules.add(
          "(",
          "(?= \\d ) (?<= \\p{L} \\h \\( | \\d\\., \\h | \\+\\d{1,2}, \\h ) (?<n> 1[01]\\d | [1-9]?\\d ) \\. (?= (?<end> \\) | , \\h \\p{L} ) | , \\h \\d )",
          m ->
              GOAL.matcher(m.text()).find() && m.follows(GOALS_OF_ONE)
                  ? minute(m, true, language) + (m.has("end") ? " Minute" : "")
                  : null);
    }
  }

  private static String minute(Match m, boolean ordinal, Language language) {
    long minute = m.integer("n");
    if (!ordinal) {
      return language.small(m.of("n"));
    }
    return language.is("de")
        ? new GermanOrdinals(language).say(minute, m, "Minute")
        : language.numbers().ordinal(minute, language.is("fr") ? "ordinal-feminine" : "ordinal");
  }

  /** Sets of tennis: two or more, or one with a tie-break. */
  private static void sets(Rules rules, Language language) {
    rules.define("SET", "[0-7][-–:][0-7] (?: \\h?\\( \\d{1,2} (?: [-–:]\\d{1,2} )? \\) )?");
    // "4-6, 7-6(5), 6-3", "6:4, 6:7 (3:7), 7:5", "7–6(7–5)"
    rules.add(
        "-–:",
        "<B> (?: <SET> (?: ,?\\h (?: (?: and|und|et|y|e|en ) \\h )? <SET> ){1,4}+ | [67][-–:][67] \\h? \\( \\d{1,2} (?: [-–:]\\d{1,2} )? \\) ) (?! [\\p{L}\\p{N}/] | [-–.,:]\\p{N} )",
        m -> sets(m.all(), language));
    if (language.is("en")) {
      // "Djokovic d. Medvedev 6–3"
      rules.add(
          "d",
          "(?<= \\p{Ll} \\h ) d\\. (?= \\h \\p{Lu}[\\p{L}'’-]{1,20} (?: \\h \\p{Lu}[\\p{L}'’-]{1,20} )? \\h [0-7][-–][0-7] (?!\\d) )",
          m -> "defeated");
    }
  }

  private static @Nullable String sets(String written, Language language) {
    Matcher set = SET.matcher(written);
    StringBuilder said = new StringBuilder();
    int from = 0;
    while (set.find()) {
      int most = Math.max(Integer.parseInt(set.group("a")), Integer.parseInt(set.group("b")));
      if (most < 6) {
        return null; // goals, or times
      }
      boolean to = language.is("de") || set.group("by").equals(":");
      String apart = to ? " " + language.of("score") + " " : " ";
      said.append(written, from, set.start())
          .append(language.small(set.group("a")))
          .append(apart)
          .append(language.small(set.group("b")));
      if (set.group("c") != null) {
        said.append(", ").append(language.small(set.group("c")));
        said.append(set.group("d") == null ? "" : apart + language.small(set.group("d")));
        said.append(set.end() < written.length() && written.charAt(set.end()) != ',' ? "," : "");
      }
      from = set.end();
    }
    return said.append(written.substring(from)).toString();
  }
}
