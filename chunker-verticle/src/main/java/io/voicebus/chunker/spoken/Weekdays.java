package io.voicebus.chunker.spoken;

/**
 * Days of the week that are written short, and ranges of days and months: "Mon–Fri", "Sa 9–13 Uhr".
 */
final class Weekdays {
  private Weekdays() {}

  /** Other dashes between words are no pauses. */
  static void add(Rules rules, Language language) {
    rules.define("DAY", language.words().anyOf("weekdays"));
    rules.define("DAYSHORT", Words.anyOf(language.words().map("weekday-short").keySet()));
    // Mon–Fri, Mo.–Fr.
    rules.add(
        "-–",
        "(?<![\\p{L}\\p{N}]) (?<a> <DAYSHORT> ) \\.? \\h?[-–]\\h? (?<b> <DAYSHORT> ) (?! [\\p{L}\\p{N}] ) (?: \\. (?! $ ) )?",
        m -> name(language, m.of("a")) + " " + language.of("to") + " " + name(language, m.of("b")));
    // Monday–Friday, April – October
    rules.add(
        "-–",
        "(?= \\h?[-–] ) (?<= \\p{L} ) (?<= (?<!\\p{L}) (?: <DAY> | <MONTHS> ) ) \\h?[-–]\\h? (?= (?: <DAY> | <MONTHS> ) (?!\\p{L}) )",
        m -> language.of("to"));
    if (language.is("nl")) {
      // "ma t/m vr"
      rules.add(
          "/",
          "(?<!\\p{L}) (?<a> <DAYSHORT> ) \\h t/m \\h (?<b> <DAYSHORT> ) (?!\\p{L})",
          m -> name(language, m.of("a")) + " tot en met " + name(language, m.of("b")));
    }
    if (!language.is("nl")) {
      // "Mo, Di u. Do", "Tue/Thu", "Sat and Sun", "lun. e dom.", "Mo. bis Fr.", "lun. au ven."
      rules.define(
          "DAYJOINT",
          "(?: ,\\h | \\h (?: und|u\\.|oder|bis|and|or|to|through|&|et|ou|à|au|y|o|e|a|al ) \\h | / )");
      rules.add(
          "",
          "(?<![\\p{L}\\p{N}]) (?<a> <DAYSHORT> ) (?: \\. (?= <DAYJOINT> ) )? (?= <DAYJOINT> <DAYSHORT> (?! [\\p{L}\\p{N}] ) )",
          m -> name(language, m.of("a")));
      rules.add(
          "",
          "(?<= (?<![\\p{L}\\p{N}]) <DAYSHORT> \\.? <DAYJOINT> ) (?<a> <DAYSHORT> ) (?: \\. (?= \\h\\p{Ll} | , ) )? (?! [\\p{L}\\p{N}] )",
          m -> ShortForms.stop(m, name(language, m.of("a"))));
      // a cell of a table: "Day: Mon, High: 72°"
      rules.add(
          ":",
          "(?<= (?<!\\p{L}) (?: Day|Weekday|Tag|Wochentag ) : \\h ) (?<a> <DAYSHORT> ) \\.? (?= , | $ )",
          m -> name(language, m.of("a")));
    }
    if (language.is("en")) {
      // "Mon. closed", "Fri till 9"
      rules.add(
          "MTWFS",
          "(?<![\\p{L}\\p{N}]) (?<a> <DAYSHORT> ) \\.? (?= :? \\h (?: closed (?!\\p{L}) | (?: till|until|from ) \\h \\d | \\d{1,2}:\\d\\d ) )",
          m -> name(language, m.of("a")));
      // "closed on Sun. and", "until Fri."
      rules.add(
          ".",
          "(?= <DAYSHORT> \\. ) (?<= (?<!\\p{L}) (?i: on|closed|open|every|until|till|by|from|through|to|last|next|this ) \\h ) (?<a> <DAYSHORT> ) \\. (?! \\p{L} )",
          m -> ShortForms.stop(m, name(language, m.of("a"))));
      // "Mon, Oct 7", "Sat 9:30"
      rules.add(
          "0",
          "(?<![\\p{L}\\p{N}]) (?<a> <DAYSHORT> ) \\.? (?= ,? \\h (?: <MON> \\h \\d | \\d{1,2} (?: :\\d\\d | \\h?[-–]\\h?\\d{1,2} (?! [\\d/] ) | /\\d{1,2} (?!\\d) | \\h?[ap]\\.?m | (?:st|nd|rd|th)?\\h<MON> ) ) )",
          m -> name(language, m.of("a")));
    }
    if (!language.is("en")) {
      // "Sa 9–13 Uhr", "Mi, 14:30 Uhr"
      rules.add(
          "0",
          "(?<![\\p{L}\\p{N}]) (?<a> <DAYSHORT> ) \\.? (?= ,? \\h <H> (?: [:.h]<M> )? (?: \\h?[-–]\\h? <H> (?: [:.h]<M> )? | (?<= [:.h]<M> ) ) \\h? <CLOCK> (?!\\p{L}) )",
          m -> name(language, m.of("a")));
      // "op ma. 1 mei", "sam. 3 mai"
      rules.add(
          ".",
          "(?<![\\p{L}\\p{N}]) (?<a> <DAYSHORT> ) (?: (?<= \\. ) | \\. ) (?= ,? \\h \\d{1,2} (?: (?:er|º|°|\\.)? \\h (?:de\\h)? <MON> (?!\\p{L}) | / \\d{1,2} (?!\\d) ) )",
          m -> name(language, m.of("a")));
    }
    if (!language.is("en")) {
      // "Mo. um 9 Uhr", "vr. om 9 u.", "lun. à 14 h", "sáb. a las 9"
      rules.add(
          "0",
          "(?<![\\p{L}\\p{N}]) (?<a> <DAYSHORT> ) (?: (?<= \\. ) | \\. ) (?= \\h (?: um|ab|von|bis|om|tot|vanaf|van|à|de|(?:hasta|desde|a)\\hlas|(?:fino\\h)?alle|dalle|(?:até\\h)?às|das ) \\h \\d )",
          m -> name(language, m.of("a")));
    }
    // "27 BCE–14 CE", "63 v. Chr. – 14 n. Chr."
    rules.add(
        "-–",
        "(?<= (?<!\\p{L}) (?: BCE? | CE | AD | B\\.C\\. | Chr\\. | J\\.-C\\. | a\\.\\h?C\\. ) ) \\h?[-–]\\h? (?= \\d )",
        m -> language.of("to"));
    // "levels A–C"
    rules.add(
        "–",
        "(?<= (?<![\\p{L}\\p{N}]) \\p{Lu} ) – (?= \\p{Lu} (?![\\p{L}\\p{N}]) )",
        m -> language.of("to"));
    // London–Paris
    rules.add("–‑", "(?<= \\p{L} ) [–‑] (?= \\p{L} )", m -> "-");
  }

  /** The name of a day that is written short. */
  static String name(Language language, String day) {
    int number = Integer.parseInt(language.words().map("weekday-short").getOrDefault(day, "1"));
    return language.words().list("weekdays").get(number - 1);
  }
}
