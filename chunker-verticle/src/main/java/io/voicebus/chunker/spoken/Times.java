package io.voicebus.chunker.spoken;

import io.voicebus.chunker.spoken.Numbers.Gender;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Times of day in all spellings, ranges of them, and durations. */
final class Times {
  private final Language language;
  private final boolean feminine;
  private final Durations durations;

  /** Words before a time of day: "at", "alle". */
  private final Set<String> whenBefore;

  /** Another time goes on behind it. */
  private final Pattern anotherTime;

  private Times(Language language) {
    this.language = language;
    durations = new Durations(language);
    feminine = language.words().has("feminine-hours");
    whenBefore = language.words().set("when-before");
    anotherTime = Pattern.compile("\\h" + Pattern.quote(language.of("and")) + "\\h\\d");
  }

  static void add(Rules rules, Language language) {
    Times times = new Times(language);
    // 9, 09, 14, 23
    rules.define("H", "(?:[01]?\\d|2[0-4])");
    rules.define("M", "[0-5]\\d");
    // "p.m.", "PM", " a. m."
    rules.define("AP", "(?: \\h? (?<ap> [AaPp] ) (?: \\.\\h?[Mm]\\.? | [Mm](?!\\p{L}) ) )");
    rules.define("WHEN", language.words().anyOf("when-before"));
    rules.define("TIMEJOINT", language.words().anyOf("time-joints"));
    rules.define("CLOCK", language.words().anyOf("clock"));
    Durations.add(rules, language);
    if (language.is("en")) {
      english(rules, times);
    }
    // 2:03:45, 08:05:00Z, 00:12:30
    rules.add(
        "0",
        "(?<![\\p{L}\\p{N}:.,-]|\\d{4}T) (?<h> \\d{1,2} ) : (?<m> <M> ) : (?<s> <M> ) (?<part> [.,]\\d{1,6} )? (?! :?\\p{N} ) <AP>? (?<z> Z (?!\\p{L}) | [+-]\\d\\d:?\\d\\d (?!\\d) )? (?: \\h (?: Uhr|uur | (?<long> Stunden|Std\\.|hours|heures|horas|ore ) ) (?!\\p{L}) )?",
        m -> times.clock(m, false));
    // the time of 2025-03-09T08:05:00Z
    rules.add(
        "0",
        "(?<= \\d{4}-\\d\\d-\\d\\dT ) (?<h> \\d{2} ) : (?<m> <M> ) (?: : (?<s> <M> ) )? (?<part> [.,]\\d{1,6} )? (?<z> Z (?!\\p{L}) | [+-]\\d\\d:?\\d\\d (?!\\d) )? (?<ap> (?!) )?",
        m -> times.clock(m, true));
    // 10:30, 9:05 a.m., 9:30PM, 14:30 Uhr, 14:30 h
    rules.add(
        "0",
        "(?<![\\p{L}\\p{N}:.,]) (?<h> <H> ) : (?<m> <M> ) (?! \\p{N} | [.,:]\\p{N} | \\p{L} (?<! [AaPph] ) ) (?: <AP> | \\h? (?<clock> <CLOCK> ) (?!\\p{L}) )? (?<z> (?!) )?",
        times::time);
    // "6 a.m./8 p.m."
    rules.add("/", "(?<= \\d\\h? [AaPp] \\.?\\h? [Mm] \\.? ) \\h?/\\h? (?= \\d )", m -> ", ");
    // "3pm EST / 8pm GMT"
    rules.add(
        "/",
        "(?<= (?<!\\p{L}) (?: [ECMP][SD]?T | GMT | UTC | CES?T | [BIJ]ST ) ) \\h?/\\h? (?= \\d )",
        m -> ", ");
    if (!language.is("en")) {
      // 9.00–10.30
      rules.add(
          "-–",
          "(?<![\\p{L}\\p{N}.,]) (?<h> <H> ) \\. (?<m> <M> ) \\h?[-–]\\h? (?<h2> <H> ) \\. (?<m2> <M> ) (?! [\\p{L}\\p{N}%€$] | [.,]\\p{N} | \\h? (?: [%€$°] | [kmc]?m(?!\\p{L}) | kg | <CLOCK> ) )",
          m ->
              m.integer("h") < m.integer("h2")
                  ? times.say(m.of("h"), m.of("m"), "")
                      + " "
                      + language.of("to")
                      + " "
                      + times.say(m.of("h2"), m.of("m2"), "")
                  : null);
    }
    // ranges: a dash after a time or before one
    rules.add(
        "-–—‑",
        "(?= \\h? [-–—‑] ) (?<= \\d:<M> | [AaPp]\\.?[Mm]\\.? | \\d\\h?[hH] | \\d[hH]<M> | \\d\\h?Uhr | \\d\\h?uur | \\d\\.<M> ) \\h? [-–—‑] \\h? (?= <H> (?: [:.hH]<M> | \\h?[AaPp]\\.?[Mm] | [hH](?!\\p{L}) | \\h Uhr | \\h uur ) )",
        m -> language.of("to"));
    if (!language.is("en")) {
      // the first of 7–9 a. m.
      rules.add(
          "-–—",
          "(?<![\\p{L}\\p{N}:.,$€£-]) (?<h> 1[0-2] | 0?[1-9] ) \\h?[-–—]\\h? (?= (?: 1[0-2] | 0?[1-9] ) \\h? [AaPp]\\.\\h?[Mm]\\. )",
          m -> times.hour(m.integer("h")) + " " + language.of("to") + " ");
      // 3 p.m., las 10 a. m.
      rules.add(
          "0",
          "(?<![\\p{L}\\p{N}:.,$€£]) (?<h> 1[0-2] | 0?[1-9] ) (?: \\h? (?<ap> [AaPp] ) (?: \\.\\h?[Mm]\\. | m | M ) ) (?! \\p{L} )",
          m ->
              language.is("de") || (language.is("nl") && !m.all().contains("."))
                  ? null
                  : times.say(m.of("h"), "00", "") + times.half(m));
      // 2 h, 24 h: how long, unless a word says when
      rules.add(
          "h",
          "(?<![\\p{L}\\p{N}:.,]) (?<n> <N> ) \\h h (?! [\\p{L}\\p{N}/] | \\h?<M>(?!\\p{N}) )",
          m -> times.isWhen(m) ? null : times.hours(m.of("n"), m));
      // 14h30, 8h05, 16h, 14 h 30, 14.30 Uhr, 17.45 uur, 14 Uhr 30, 20 Uhr
      rules.add(
          "0",
          "(?<![\\p{L}\\p{N}:.,]) (?<h> <H> ) (?: \\h?[hHu]\\h? (?<m> <M> ) (?: \\h?min | ['′’] (?! \\p{L} ) )? | \\h?[hHu] (?<none> ) ) (?! [\\p{L}\\p{N}/] | [.,]\\p{N} ) (?: (?<= u ) \\. (?= , | \\h\\p{Ll} ) )?",
          m -> times.hours(m));
      // 14.30 Uhr, 20 uur, 16 h
      rules.add(
          "0",
          "(?<![\\p{L}\\p{N}:.,]) (?<h> <H> ) (?: [.] (?<m> <M> ) )? \\h? (?<clock> <CLOCK> ) (?! [\\p{L}\\p{N}] ) (?: (?<= [\\h\\d] u ) \\. (?= \\h\\p{Ll} | , ) )?",
          times::clockWord);
      // the first of 9–17 Uhr; "1-2 ore" are how long
      rules.add(
          language.is("it") ? "\0" : "-–—",
          "(?<![\\p{L}\\p{N}:.,-]) (?<h> <H> ) \\h? [-–—] \\h? (?= <H> (?: [.:]<M> )? \\h? <CLOCK> (?!\\p{L}) )",
          m -> times.hour(m.integer("h")) + " " + language.of("to") + " ");
      // the first of 8.30–17.30 uur
      rules.add(
          "0",
          "(?<![\\p{L}\\p{N}:.,]) (?<h> <H> ) \\. (?<m> <M> ) (?= (?: \\h?[-–—]\\h? | \\h <TIMEJOINT> \\h ) <H> (?: [.:]<M> )? \\h? <CLOCK> (?!\\p{L}) )",
          m -> times.say(m.of("h"), m.of("m"), ""));
      // "alle 14.30", "às 14.30", "a las 8.15", "um 8.15"
      rules.add(
          "0",
          "(?<= (?<!\\p{L}) (?i: <WHEN> | all['’] ) \\h? ) (?<h> <H> ) \\. (?<m> <M> ) (?! [\\p{L}\\p{N}%€$] | [.,]\\p{N} | \\h?[%€$°] | \\h (?:Mio|Mrd|mln|mil|km|kg) )",
          m -> times.say(m.of("h"), m.of("m"), ""));
    }
  }

  private static void english(Rules rules, Times times) {
    // 9am-5pm, 9–5 p.m., 9.30 am, 5 pm
    rules.add(
        "0",
        "<B> (?<a> 1[0-2] | [1-9] ) (?: [:.] (?<am> <M> ) )? \\h? [-–—] \\h? (?<h> 1[0-2] | [1-9] ) (?: [:.] (?<m> <M> ) )? <AP> (?<clock> (?!) )?",
        m ->
            times.english(m.of("a"), m.of("am"), "")
                + " to "
                + times.english(m.of("h"), m.of("m"), times.half(m)));
    // "noon–1 p.m.", "10 p.m.–midnight"
    rules.add(
        "–-",
        "(?<= (?<!\\p{L}) (?i: noon | midnight ) ) \\h?[–-]\\h? (?= \\d ) | (?<= [AaPp]\\.?[Mm]\\.? ) \\h?[–-]\\h? (?= (?i: noon | midnight ) (?!\\p{L}) )",
        m -> " to ");
    // 9am, 9.30 p.m.
    rules.add(
        "0",
        "(?<![\\p{L}\\p{N}:.,$€£]) (?<h> 1[0-2] | 0?[1-9] ) (?: \\. (?<m> <M> ) )? <AP> (?!\\p{L})",
        m -> times.english(m.of("h"), m.of("m"), times.half(m)));
    // 0600 hours, 1830 hours
    rules.add(
        "0",
        "(?<![\\p{L}\\p{N}:.,]) (?<h> [01]\\d | 2[0-3] ) (?<m> <M> ) (?= \\h (?:hours|hrs) (?!\\p{L}) )",
        times::military);
  }

  /** "0600 hours", "1830 hours". */
  private String military(Match m) {
    String hour = m.of("h").startsWith("0") ? "oh " + small(m.integer("h")) : small(m.integer("h"));
    return hour + " " + (m.of("m").equals("00") ? "hundred" : minutes(m.integer("m")));
  }

  /** A time with its seconds: of day where a word says so, else how long it took. */
  private @Nullable String clock(Match m, boolean stamp) {
    String zone =
        m.of("z").equals("Z") ? " UTC" : m.of("z").isEmpty() ? "" : " UTC " + zone(m.of("z"));
    if (!m.has("s")) {
      return say(m.of("h"), m.of("m"), "") + zone;
    }
    String before = m.wordBefore().toLowerCase(Locale.ROOT);
    boolean day =
        !m.all().endsWith("e")
            && !m.all().endsWith("n")
            && !m.all().endsWith("s")
            && (stamp
                || m.has("ap")
                || !zone.isEmpty()
                || m.all().endsWith("r") // Uhr, uur
                || whenBefore.contains(before));
    int hour = m.integer("h");
    int minute = m.integer("m");
    int second = m.integer("s");
    if (!day) {
      String whole = (hour == 0 ? "" : hour + "h ") + (minute == 0 ? "" : minute + "m ");
      return durations.say(whole + (second == 0 && !whole.isEmpty() ? "" : second + "s"));
    }
    if (second == 0) {
      return say(m.of("h"), m.of("m"), half(m)) + zone;
    }
    String seconds = small(second);
    if (language.is("en") && second < 10 && second > 0) {
      seconds = "oh " + seconds;
    }
    return language
            .of("seconds")
            .replace("%h", hour(hour))
            .replace("%m", minutes(minute))
            .replace("%s", seconds)
        + half(m)
        + zone;
  }

  private String zone(String offset) {
    String sign = offset.startsWith("-") ? language.of("minus") : language.of("plus");
    return sign + " " + small(Integer.parseInt(offset.substring(1, 3)));
  }

  private @Nullable String time(Match m) {
    if (m.integer("h") == 24 && m.integer("m") > 0) {
      return null;
    }
    if (m.has("ap") && language.is("en")) {
      return english(m.of("h"), m.of("m"), half(m));
    }
    if (!m.has("clock") && language.talksOf("ratios", m)) {
      return null;
    }
    if (m.has("ap")) {
      return say(m.of("h"), m.of("m"), "") + half(m);
    }
    // "14:00 y 17:00": else the other hour would be heard as minutes
    boolean another = m.of("m").equals("00") && m.precedes(anotherTime);
    return say(m.of("h"), m.of("m"), another && !m.has("clock") ? "h" : m.of("clock"));
  }

  private String hours(String count, Match m) {
    Numbers.Written n = language.numbers().read(count);
    return language.is("de") && n.isOne()
        ? language.amount(n, Gender.FEMININE, m) + " Stunde"
        : language.numbers().unit(n, "hour");
  }

  private @Nullable String hours(Match m) {
    boolean duration = m.has("none") && m.of("h").length() > 2;
    String clock = language.is("pt") && isWhen(m) ? "" : "h";
    return duration ? null : say(m.of("h"), m.has("m") ? m.of("m") : "00", clock);
  }

  private boolean isWhen(Match m) {
    return whenBefore.contains(m.wordBefore().toLowerCase(Locale.ROOT));
  }

  private @Nullable String clockWord(Match m) {
    boolean duration = language.is("it") && !m.has("m") && m.of("clock").length() > 1;
    if (duration) {
      return null; // "tra 7 e 9 ore"
    }
    return say(m.of("h"), m.has("m") ? m.of("m") : "00", m.of("clock"));
  }

  private String say(String hourDigits, String minuteDigits, String clock) {
    int hour = Integer.parseInt(hourDigits);
    int minute = Integer.parseInt(minuteDigits);
    if (language.is("en")) {
      return english(hourDigits, minuteDigits, "");
    }
    String form = minute == 0 ? "hour" : "time";
    if (minute > 0 && clock.equals("h") && language.words().has("time-clock")) {
      form = "time-clock";
    }
    if (minute == 0 && (hour == 0 || !clock.isEmpty()) && language.words().has("hour-clock")) {
      form = "hour-clock";
    }
    if (hour <= 1 && language.is("fr") && language.words().has(form + "-one")) {
      form += "-one"; // "zéro heure"
    } else if (hour == 1 && language.words().has(form + "-one")) {
      form += "-one";
    }
    if (hour == 0 && minute > 0 && language.words().has("time-zero")) {
      form = "time-zero";
    }
    return language.of(form).replace("%h", hour(hour)).replace("%m", minutes(minute));
  }

  private String english(String hourDigits, String minuteDigits, String half) {
    int hour = Integer.parseInt(hourDigits);
    int minute = minuteDigits.isEmpty() ? 0 : Integer.parseInt(minuteDigits);
    if (minute == 0) {
      boolean clock = hour > 0 && hour <= 12;
      String whole = minuteDigits.isEmpty() ? "" : clock ? " o'clock" : " hundred";
      return small(hour) + (half.isEmpty() ? whole : half);
    }
    return language.of("time").replace("%h", small(hour)).replace("%m", minutes(minute)) + half;
  }

  private String hour(int hour) {
    boolean german = language.is("de") && hour == 1;
    Gender gender = feminine ? Gender.FEMININE : Gender.NONE;
    return german ? "ein" : language.numbers().cardinal(hour, gender);
  }

  private String minutes(int minute) {
    String said = small(minute);
    return minute < 10 && minute > 0
        ? language.of("smallminute").replace("%m", said)
        : minute == 0 && language.is("en") ? "oh oh" : said;
  }

  private String small(int number) {
    return language.numbers().cardinal(number, Gender.NONE);
  }

  /** The half of the day: in English with its stops, which all voices read. */
  private String half(Match m) {
    if (!m.has("ap")) {
      return "";
    }
    boolean morning = m.of("ap").equalsIgnoreCase("a");
    if (language.is("en")) {
      return morning ? " a.m." : " p.m.";
    }
    int hour = m.integer("h");
    boolean ends = m.all().endsWith(".") && m.end() == m.text().length();
    return " "
        + language.of(morning ? "am" : hour >= 8 && hour < 12 ? "evening" : "pm")
        + (ends ? "." : "");
  }
}
