package io.voicebus.chunker;

import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Dates, times of day and years, as one language says them. */
final class SpokenDates {
  private final SpokenWords words;
  private final NumberWords numbers;
  private final List<String> months;

  SpokenDates(SpokenWords words, NumberWords numbers) {
    this.words = words;
    this.numbers = numbers;
    this.months = words.list("months");
  }

  /** "2027-05-03", "3.5.2027", "May 3". */
  void dates(SpokenRules rules) {
    rules.add(
        "(?<![\\d.-])(\\d{4})-(\\d{2})-(\\d{2})(?![\\d-])",
        m -> date(m, m.group(1), m.group(2), m.group(3)));
    String order = words.of("numerics");
    String mark = Pattern.quote(order.substring(1, 2));
    boolean monthFirst = order.startsWith("m");
    rules.add(
        "(?<![\\d/.-])(\\d{1,2})" + mark + "(\\d{1,2})" + mark + "(\\d{4})(?![\\d/])",
        m -> date(m, m.group(3), m.group(monthFirst ? 1 : 2), m.group(monthFirst ? 2 : 1)));
    String names = months.stream().collect(Collectors.joining("|"));
    if (order.startsWith("m")) {
      rules.add(
          "\\b(" + names + ") (\\d{1,2})(?:st|nd|rd|th)?(?:, (\\d{4}))?(?![\\d:])",
          m ->
              m.group(1)
                  + " "
                  + numbers.ordinal(Long.parseLong(m.group(2)), words.of("ordinal"))
                  + (m.group(3) == null ? "" : ", " + numbers.year(Integer.parseInt(m.group(3)))));
    }
  }

  private String date(MatchResult match, String year, String month, String day) {
    int number = Integer.parseInt(month);
    int ofMonth = Integer.parseInt(day);
    if (number < 1 || number > 12 || ofMonth < 1 || ofMonth > 31) {
      return match.group();
    }
    String own = words.of("date-ordinal");
    String ordinal = own.isEmpty() ? words.of("ordinal") : own;
    boolean cardinal = ordinal.equals("ordinal-masculine") && ofMonth != 1; // le deux, le premier
    return words
        .of("date")
        .replace("%m", months.get(number - 1))
        .replace(
            "%o",
            cardinal ? numbers.number(String.valueOf(ofMonth)) : numbers.ordinal(ofMonth, ordinal))
        .replace("%y", numbers.year(Integer.parseInt(year)));
  }

  /** "10:30", "9 a.m." */
  void times(SpokenRules rules) {
    rules.add(
        "(?i)(?<![\\d:.,])([01]?\\d|2[0-3]):([0-5]\\d)(?::([0-5]\\d))?(?![\\d:]|[.,]\\d)(?: ?([ap])\\.?m\\b\\.?)?(?: Uhr| uur)?",
        match -> {
          if (match.group(3) != null) {
            return clock(match);
          }
          int minute = Integer.parseInt(match.group(2));
          String hour = numbers.number(String.valueOf(Integer.parseInt(match.group(1))));
          String half = half(match.group(4));
          if (minute == 0) {
            return half.isEmpty() ? words.of("hour").replace("%h", hour) : hour + half;
          }
          String said = numbers.number(String.valueOf(minute));
          String spoken = minute < 10 ? words.of("smallminute").replace("%m", said) : said;
          return words.of("time").replace("%h", hour).replace("%m", spoken) + half;
        });
    if (months.contains("January")) { // "um 8 am Markt" is German
      rules.add(
          "(?i)(?<=(?<![\\w.,:])(?:1[0-2]|[1-9])) ?([ap])(?:m\\b|\\.m\\.)",
          match -> half(match.group(1)));
    }
  }

  /** "2:03:45", which may be a time of day or how long it took: all parts, as they are written. */
  private String clock(MatchResult match) {
    return numbers.number(String.valueOf(Integer.parseInt(match.group(1))))
        + " "
        + part(match.group(2))
        + " "
        + part(match.group(3))
        + half(match.group(4));
  }

  private String part(String twoDigits) {
    String said = numbers.number(String.valueOf(Integer.parseInt(twoDigits)));
    return twoDigits.startsWith("0") ? words.of("smallminute").replace("%m", said) : said;
  }

  /** The half of the day with its stops, which all voices read. */
  private static String half(@Nullable String letter) {
    if (letter == null) {
      return "";
    }
    return " " + letter.toLowerCase(Locale.ROOT) + ".m.";
  }

  /** Years after words that tell them from amounts, and decades. */
  void years(SpokenRules rules) {
    List<String> before = words.list("year-after");
    if (!before.isEmpty()) {
      rules.add(
          "(?i)\\b((?:"
              + String.join("|", before)
              + "),? )(1[1-9]\\d\\d|20\\d\\d)(?![\\w-]|[.,]\\d)",
          m -> m.group(1) + numbers.year(Integer.parseInt(m.group(2))));
      rules.add(
          "(?<=\\()(1[1-9]\\d\\d|20\\d\\d)(?=\\))",
          m -> numbers.year(Integer.parseInt(m.group(1))));
      if (words.of("numerics").startsWith("m")) {
        rules.add(
            "\\b(1[1-9]|20)(\\d)0s\\b",
            m -> decade(numbers.year(Integer.parseInt(m.group(1) + m.group(2) + "0"))));
      }
    }
  }

  private static String decade(String year) {
    return year.endsWith("y") ? year.substring(0, year.length() - 1) + "ies" : year + "s";
  }
}
