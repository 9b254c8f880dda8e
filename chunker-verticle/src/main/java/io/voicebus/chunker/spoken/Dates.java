package io.voicebus.chunker.spoken;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Dates in all orders, ranges of them, years, decades and seasons. */
final class Dates {
  /** "divided by 3/15", "Multiply 7/8 by 3/4": no date. */
  private static final Pattern DIVIDED =
      Pattern.compile("(?i)(?:divid|multipl)\\p{L}{1,6}\\h(?:[^.!?]{1,30}\\h)?by $");

  /** Words before dates that stand before all kinds of numbers, too. */
  private static final Set<String> WEAK = Set.of("a", "de", "di", "du", "do");

  /** Articles before dates, behind which no fraction of more than one part stands. */
  private static final Set<String> SINGULAR = Set.of("le", "el", "il", "dia", "día");

  private final Language language;
  private final List<String> months;
  private final Map<String, String> shorts;
  private final GermanOrdinals german;

  Dates(Language language) {
    this.language = language;
    months = language.words().list("months");
    shorts = language.words().map("month-short");
    german = new GermanOrdinals(language);
  }

  /** Parts of patterns that other kinds have, too. */
  static void define(Rules rules, Language language) {
    rules.define("MONTH", language.words().anyOf("months"));
    rules.define("SHORT", Words.anyOf(language.words().map("month-short").keySet()));
    // "October", "Oct."
    rules.define("MON", "(?:<MONTH>|<SHORT>\\.?)(?!\\p{L})");
    // 1999, 2025
    rules.define("Y", "(?:1\\d\\d\\d|20\\d\\d)");
    // 31, 24, 05
    rules.define("D", "(?:3[01]|[12]\\d|0?[1-9])");
  }

  static void add(Rules rules, Language language) {
    Dates dates = new Dates(language);
    numeric(rules, dates);
    switch (language.words().language) {
      case "en" -> EnglishDates.add(rules, language, dates);
      case "de" -> {
        GermanShort.add(rules, language, dates);
        GermanDates.add(rules, language, dates);
      }
      default -> others(rules, dates);
    }
    Quarters.add(rules, language);
    // a cell of a table: "Month: Jan, Sales: 3"
    rules.add(
        ":",
        "(?<= (?<!\\p{L}) (?: [Mm]onth|Monat|[Mm]ois|[Mm]es|[Mm]ese|[Mm]aand|[Mm]ês ) : \\h ) (?<m> <SHORT> ) (?: (?<stop> \\. ) | (?! \\p{L} ) ) (?= , | \\h \\p{Lu} | $ )",
        m -> dates.month(m.of("m")) + (m.has("stop") && m.end() < m.text().length() ? "," : ""));
  }

  /** Before any of their dates is taken alone. */
  private static void lists(Rules rules, Dates dates) {
    rules.define("DATEAND", Pattern.quote(dates.language.of("and")) + "|&");
    // "1/1, 5/1 and 12/25": one of them is no fraction, and none is too large
    rules.add(
        "/",
        """
        <B> (?<! / ) (?<list> \\d{1,2}/\\d{1,2} (?: ,\\h \\d{1,2}/\\d{1,2} ){0,6}+ ) (?<last> ,? \\h (?: <DATEAND> ) \\h ) (?<a> \\d{1,2} ) / (?<b> \\d{1,2} )
        (?: / (?<y> 20\\d\\d ) )? (?! [\\p{L}\\p{N}/%_-] | [.,:]\\p{N} | \\h?[%=+] | \\h of (?!\\p{L}) )
        """,
        dates::list);
  }

  private static void numeric(Rules rules, Dates dates) {
    lists(rules, dates);
    // 2027-05-03, the date of 2025-03-09T08:05:00Z
    rules.add(
        "0",
        "(?<![\\p{L}\\p{N}./-]) (?<y> \\d{4} ) (?<sep> [-/.] ) (?<m> 0[1-9]|1[0-2] ) \\k<sep> (?<d> 0[1-9]|[12]\\d|3[01] ) (?! [\\p{N}/-] ) (?<t> T (?= \\d\\d:) )?",
        m -> dates.full(m, m.integer("d"), m.integer("m"), m.of("y")) + (m.has("t") ? ", " : ""));
    // 7-nov-2023
    rules.add(
        "-",
        "<B> (?<d> <D> ) - (?<m> <SHORT> ) - (?<y> <Y> ) <E>",
        m ->
            dates.full(
                m,
                m.integer("d"),
                Integer.parseInt(dates.shorts.getOrDefault(m.of("m"), "0")),
                m.of("y")));
    // 9.11.1989, 13/02/2024, 3-5-2027
    rules.add(
        "0",
        "(?<![\\p{L}\\p{N}./-]) (?<a> \\d{1,2} ) (?<sep> [./-] ) (?<b> \\d{1,2} ) \\k<sep> (?<y> (?:1[0-9]|20)\\d\\d | \\d\\d (?= [\\h,;:!?)]|\\.?$|\\.\\h ) ) (?! [\\p{N}\\p{L}/-] | \\.\\p{N} )",
        dates::numeric);
    if (dates.language.is("de")) {
      // 5. 5. 1955
      rules.add(
          ".",
          "(?<![\\p{L}\\p{N}./-]) (?<a> <D> ) \\. \\h (?<b> 1[0-2]|0?[1-9] ) \\. \\h (?<y> <Y> ) <E>",
          m -> dates.full(m, m.integer("a"), m.integer("b"), m.of("y")));
    }
    // 03/2024
    rules.add(
        "/",
        "<B> (?<m> 0[1-9]|1[0-2] ) / (?<y> (?:19|20)\\d\\d ) (?! [\\p{L}\\p{N}/-] | [.,]\\p{N} )",
        m -> {
          String name = dates.months.get(m.integer("m") - 1);
          boolean of = dates.language.is("es") || dates.language.is("pt");
          return name + (of ? " de " : " ") + dates.language.year(m.of("y"));
        });
    // '95–'98
    rules.add(
        "'’‘",
        "(?<![\\p{L}\\p{N}]) ['’‘] (?<a> \\d\\d ) \\h?[-–]\\h? ['’‘]? (?<b> \\d\\d ) (?! [\\p{L}\\p{N}'’] | [.,]\\p{N} )",
        m ->
            dates.language.is("en")
                ? EnglishDates.twoDigits(dates.language, m.of("a"))
                    + " to "
                    + EnglishDates.twoDigits(dates.language, m.of("b"))
                : null);
    withoutYear(rules, dates);
    if (!dates.language.is("en")) {
      // 25-V-2018
      rules.add(
          "IVX",
          "<B> (?<d> <D> ) (?<sep> [-./] ) (?<m> I{1,3} | I?[VX] | VI{1,3} | XI{1,2} ) \\k<sep> (?<y> <Y> ) <E>",
          m -> dates.full(m, m.integer("d"), Numerals.value(m.of("m")), m.of("y")));
    }
  }

  /** "martes 14/10", "el 05/01", "due on 12/25", "zaterdag 12-9": after what goes before dates. */
  private static void withoutYear(Rules rules, Dates dates) {
    Language language = dates.language;
    rules.define("DATED", language.words().anyOf("date-before"));
    List<String> weekdays = new ArrayList<>(language.words().list("weekdays"));
    language
        .words()
        .map("weekday-short")
        .keySet()
        .forEach(
            day -> {
              weekdays.add(day);
              weekdays.add(day.endsWith(".") ? day : day + ".");
            });
    rules.define("WEEKDAY", Words.anyOf(weekdays));
    rules.add(
        "/-",
        """
        (?= \\d ) (?<![\\p{N}.,/-])
        (?: (?<day> (?<= (?: (?<!\\p{L}) (?i:<WEEKDAY>) (?:-feira)? | [2-6]ª(?:-feira)? ) ,? \\h (?:(?:el|il|le|den|de|the|dia)\\h)? ) )
          | (?<= (?<!\\p{L}) (?i: <DATED> ) \\h ) )
        (?<a> \\d{1,2} ) (?: / | - (?<= (?i:<WEEKDAY>) ,? \\h \\d{1,2} - ) ) (?<b> \\d{1,2} )
        (?! [\\p{L}\\p{N}/%_-] | [.,:]\\p{N} | \\h?[%=+] )
        """,
        dates::withoutYear);
    // "9/1 to 12/15", "1/9–15/12"
    rules.define("DATEJOINT", language.words().anyOf("date-joints"));
    rules.add(
        "/",
        """
        <B> (?<! / ) (?<a> \\d{1,2} ) / (?<b> \\d{1,2} ) (?: \\h?[-–—]\\h? | \\h (?i:<DATEJOINT>) \\h )
        (?<c> \\d{1,2} ) / (?<d> \\d{1,2} ) (?! [\\p{L}\\p{N}/%_-] | [.,:]\\p{N} | \\h?[%=+] )
        """,
        dates::range);
    // "9/15 at 3 PM", "5/11 a las 16:45": beside a time
    rules.define("ATTIME", language.words().anyOf("at-time"));
    rules.add(
        "/",
        """
        <B> (?<! / ) (?<day> (?= \\d ) ) (?<a> \\d{1,2} ) / (?<b> \\d{1,2} )
        (?= ,? \\h (?: (?i:<ATTIME>) \\h )? \\d{1,2} (?: [:.h]\\d\\d (?!\\d) | \\h?[AaPp]\\.?\\h?[Mm](?!\\p{L}) | \\h?h(?!\\p{L}) | \\h (?: Uhr|uur ) ) )
        """,
        dates::withoutYear);
    // "el 25-12", "op 25-12": the first is no month, and larger
    if (!language.is("en") && !language.is("de")) {
      rules.add(
          "-",
          "(?= \\d ) (?<= (?<!\\p{L}) (?i: el|il|op|le|dia|em ) \\h ) (?<day> (?= 1[3-9] | [23] ) ) (?<a> [1-3]\\d ) - (?<b> 0?[1-9] | 1[0-2] ) (?! [\\p{L}\\p{N}/%_-] | [.,:]\\p{N} )",
          dates::withoutYear);
    }
    // 14/07, 05/12: nobody writes a fraction so
    rules.add(
        "/",
        "<B> (?<day> (?= \\d\\d/0\\d | 0 ) ) (?<a> [0-3]\\d ) / (?<b> [0-3]\\d ) (?! [\\p{L}\\p{N}/%_-] | [.,:]\\p{N} | \\h?[%=+] | \\h[QA]\\d{4} )",
        dates::withoutYear);
  }

  private @Nullable String withoutYear(Match m) {
    int day = m.integer(language.is("en") && m.integer("a") <= 12 ? "b" : "a");
    int month = m.integer(language.is("en") && m.integer("a") <= 12 ? "a" : "b");
    boolean padded = m.all().length() == 5;
    String before = m.wordBefore().toLowerCase(Locale.ROOT);
    // "lunes,", "lunedì di ogni mese"
    boolean fraction =
        !m.has("day")
            && !m.all().contains("0")
            && m.integer("a") < m.integer("b")
            && m.integer("b") <= 10
            && !(m.integer("a") > 1 && SINGULAR.contains(before))
            && !m.after().matches("(?s)[,.;:!?)].*| (?:di|de|do) (?:ogni|cada|todo).*");
    boolean always = m.all().equals("24/7") && !m.has("day");
    boolean weak = WEAK.contains(before) && !padded;
    if (month < 1
        || month > 12
        || day < 1
        || day > 31
        || fraction
        || always
        || m.follows(DIVIDED)
        || (weak && !m.has("day"))) {
      return null;
    }
    return m.all().equals("9/11") && language.is("en") ? null : say(m, day, month);
  }

  private @Nullable String list(Match m) {
    StringBuilder said = new StringBuilder();
    boolean sure = m.has("y");
    for (String date : (m.of("list") + ", " + m.of("a") + "/" + m.of("b")).split(", ", -1)) {
      int slash = date.indexOf('/');
      int first = Integer.parseInt(date.substring(0, slash));
      int second = Integer.parseInt(date.substring(slash + 1));
      int month = language.is("en") ? first : second;
      int day = language.is("en") ? second : first;
      if (month < 1 || month > 12 || day < 1 || day > 31) {
        return null;
      }
      sure |= first >= second || (second > 10 && second != 12 && second != 16);
      said.append(said.isEmpty() ? "" : ", ").append(say(m, day, month));
    }
    int last = said.lastIndexOf(", ");
    return !sure
        ? null
        : said.substring(0, last)
            + m.of("last").replace("&", language.of("and"))
            + said.substring(last + 2)
            + (m.has("y") ? (language.is("en") ? ", " : " ") + language.year(m.of("y")) : "");
  }

  private @Nullable String range(Match m) {
    boolean monthFirst = language.is("en");
    int firstMonth = m.integer(monthFirst ? "a" : "b");
    int firstDay = m.integer(monthFirst ? "b" : "a");
    int lastMonth = m.integer(monthFirst ? "c" : "d");
    int lastDay = m.integer(monthFirst ? "d" : "c");
    boolean fractions = isFraction(m, "a", "b") && isFraction(m, "c", "d");
    boolean dates =
        firstMonth >= 1
            && firstMonth <= 12
            && lastMonth >= 1
            && lastMonth <= 12
            && firstDay >= 1
            && firstDay <= 31
            && lastDay >= 1
            && lastDay <= 31;
    String first = dates && !fractions ? say(m, firstDay, firstMonth) : null;
    return first == null
        ? null
        : first + " " + language.of("to") + " " + say(m, lastDay, lastMonth);
  }

  /** "3/4", "7/10", and no "9/1". */
  private static boolean isFraction(Match m, String above, String below) {
    return m.integer(above) < m.integer(below) && m.integer(below) <= 10;
  }

  private @Nullable String say(Match m, int day, int month) {
    String name = months.get(month - 1);
    return switch (language.words().language) {
      case "en" -> name + " " + ordinal(day);
      case "de" -> german.say(day, m, name) + " " + name;
      case "es", "pt" -> day(day) + " de " + name;
      default -> day(day) + " " + name;
    };
  }

  private @Nullable String numeric(Match m) {
    int a = m.integer("a");
    int b = m.integer("b");
    boolean english = language.is("en") && !m.of("sep").equals(".");
    boolean monthFirst = (english && a <= 12) || (a <= 12 && b > 12);
    String year = m.of("y");
    if (year.length() == 2) {
      boolean version = m.of("sep").equals(".") && (!language.is("de") || a > 31 || b > 12);
      if (version || m.of("sep").equals("-") || a == 0 || b == 0) {
        return null;
      }
      year = (Integer.parseInt(year) > 50 ? "19" : "20") + year;
    }
    return full(m, monthFirst ? b : a, monthFirst ? a : b, year);
  }

  private @Nullable String full(Match m, int day, int month, String year) {
    if (month < 1 || month > 12 || day < 1 || day > 31) {
      return null;
    }
    String name = months.get(month - 1);
    String said = language.year(year);
    return switch (language.words().language) {
      case "en" -> name + " " + ordinal(day) + ", " + said;
      case "de" -> german.say(day, m, name) + " " + name + " " + said;
      case "es", "pt" -> day(day) + " de " + name + " de " + said;
      default -> day(day) + " " + name + " " + said;
    };
  }

  String ordinal(int day) {
    return language.numbers().ordinal(day, "ordinal");
  }

  /** A day of the month: a cardinal, but for the first in some languages. */
  private String day(int day) {
    if (day == 1 && !language.is("nl") && !language.is("es")) {
      return language.numbers().ordinal(1, "ordinal-masculine");
    }
    return language.small(String.valueOf(day));
  }

  /** "6./7.12.": two days of a month, in German. */
  @Nullable String days(Match m) {
    int first = m.integer("a");
    int second = m.integer("b");
    if (second <= first) {
      return null;
    }
    String month = months.get(m.integer("m") - 1);
    return german.say(first, m, month) + ", " + german.say(second, m, month) + " " + month;
  }

  /** Whether a word is the full name of a month. */
  boolean isMonth(String word) {
    return months.contains(word);
  }

  /** The full name of a month, from its name or short form. */
  String month(String written) {
    String name = written.endsWith(".") ? written.substring(0, written.length() - 1) : written;
    String number = shorts.get(name);
    return number == null ? written : months.get(Integer.parseInt(number) - 1);
  }

  /** "2019/20", "1933–45". */
  @Nullable String years(Match m) {
    int first = m.integer("y");
    int last = m.integer("z");
    boolean next = last == (first + 1) % 100;
    boolean range = !m.all().contains("/") && last > first % 100;
    if (!next && !range) {
      return null;
    }
    String to = next ? "" : language.to(m);
    return language.year(m.of("y"))
        + " "
        + (to.isEmpty() ? "" : to + " ")
        + language.small(m.of("z"));
  }

  /** What follows the day: a year, or the stop of the sentence. */
  String comma(Match m) {
    boolean stop = m.all().endsWith(".") && m.end() == m.text().length();
    return stop
        ? "."
        : m.has("y") ? (m.of("comma").isEmpty() ? "" : ",") + " " + language.year(m.of("y")) : "";
  }

  private static void others(Rules rules, Dates dates) {
    Language language = dates.language;
    String of = language.words().has("date-of") ? " de " : " ";
    // "1er mai 2024", "3 de mayo de 2024", "3 maggio", "1º de maio", "12 juil. 2024", "3-5 mei"
    rules.add(
        "0",
        """
        <B> (?<d> <D> ) (?<first> er|º|°|ª )? (?: \\h? [-–—] \\h? (?<to> <D> ) )?
        (?<of> \\h de \\h | \\h ) (?<m> <MON> ) (?: (?<yof> \\h del? \\h | ,?\\h ) (?<y> <Y> ) <E> )?
        """,
        m -> {
          if (!m.of("of").isBlank() && of.isBlank()) {
            return null;
          }
          String day = dates.day(m.integer("d"));
          String to = m.has("to") ? " " + language.of("to") + " " + dates.day(m.integer("to")) : "";
          String year = m.has("y") ? m.of("yof") + language.year(m.of("y")) : "";
          boolean shortly = !of.isBlank() && m.of("of").isBlank();
          if (shortly) {
            return day
                + to
                + of
                + dates.month(m.of("m"))
                + (m.has("y") ? of + language.year(m.of("y")) : "");
          }
          return day + to + m.of("of") + dates.month(m.of("m")) + year;
        });
    // 2019/20, 1933–45
    rules.add(
        "0",
        "<B> (?<y> <Y> ) [/–-] (?<z> \\d\\d ) (?! [\\p{L}\\p{N}_/-] | [.,]\\p{N} )",
        dates::years);
    // "mai 2024", "mayo de 2024"
    rules.add(
        "0",
        "(?<![\\p{L}\\p{N}]) (?<m> <MON> ) (?<yof> \\h del? \\h | \\h ) (?<y> <Y> ) <E>",
        m -> dates.month(m.of("m")) + m.of("yof") + language.year(m.of("y")));
    // "les années '80", "jaren '80", "los '90"
    rules.add(
        "'’‘",
        "(?<= \\h ) ['’‘] (?<y> \\d\\d ) (?! [\\p{L}\\p{N}] | [.,]\\p{N} )",
        m -> language.small(m.of("y")));
    if (language.is("nl")) {
      // "de jaren 80er", "1980er-jaren": as it is
      rules.add(
          "0",
          "<B> (?<y> (?:1[1-9]|20)?[1-9]0 ) er (?: -jaren | \\h jaren )? (?!\\p{L})",
          m -> null);
    }
  }
}
