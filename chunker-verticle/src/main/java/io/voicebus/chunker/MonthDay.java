package io.voicebus.chunker;

import static java.util.stream.Collectors.toMap;

import java.util.stream.Stream;

/** Finds the day of an English date, whose comma ends no clause: "March 3, 1998". */
final class MonthDay {
  private static final WordTable MONTHS =
      new WordTable(
          Stream.of(
                  ("January February March April May June July August September October November"
                          + " December Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec")
                      .split(" ", -1))
              .collect(toMap(month -> month, month -> 1L)));

  private MonthDay() {}

  /** Whether the text up to {@code end} ends with "March 3" or "Jan. 6". */
  static boolean isBefore(ChunkBuffer text, int end) {
    int day = end;
    while (day > 0 && day > end - 3 && Marks.isDigit(text.charAt(day - 1))) {
      day--;
    }
    if (day == end || day == end - 3 || text.before(day) != ' ') {
      return false;
    }
    int month = text.before(day - 1) == '.' ? day - 2 : day - 1;
    int from = month;
    while (from > 0 && Marks.isLetter(text.charAt(from - 1))) {
      from--;
    }
    return MONTHS.contains(text, from, month);
  }
}
