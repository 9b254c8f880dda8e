package io.voicebus.chunker;

import java.util.Map;
import java.util.stream.Collectors;

/** Names of months and weekdays. A date continues after their comma: "Tuesday, June 5, 2029". */
final class DateWords {
  /** Words that come between a weekday and its date: "Dienstag, den 5. Mai". */
  private static final WordTable ARTICLES =
      new WordTable(Map.of("the", 1L, "den", 1L, "dem", 1L, "der", 1L, "le", 1L, "el", 1L));

  private static final WordTable SHORT_DAYS =
      table("Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun Mo Di Mi Do Fr Sa So lun mar mer jeu ven");

  private static final WordTable SHORT_MONTHS =
      table("Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Okt Nov Dec Dez");

  private static WordTable table(String words) {
    return new WordTable(
        WordList.words(words).stream().collect(Collectors.toMap(word -> word, word -> 1L)));
  }

  private static final WordTable MONTHS = WordList.byLanguage("months.txt", Languages::of);
  private static final WordTable WEEKDAYS = WordList.byLanguage("weekdays.txt", Languages::of);

  /** More digits are no day of a month. */
  private static final int MAX_DAY = 2;

  private DateWords() {}

  /** Whether the word in {@code [from, to)} is the name of a month or a weekday. */
  static boolean contains(CharSequence text, int from, int to) {
    return MONTHS.contains(text, from, to) || WEEKDAYS.contains(text, from, to);
  }

  /** Whether the word in {@code [from, to)} is the name of a month. */
  static boolean isMonth(CharSequence text, int from, int to) {
    return MONTHS.contains(text, from, to);
  }

  /** Whether the word in {@code [from, to)} is an ordinal number: "5th", "1er". */
  static boolean isOrdinal(ChunkBuffer text, int from, int to) {
    return from < to && Marks.isDigit(text.charAt(from)) && Marks.isLetter(text.charAt(to - 1));
  }

  /** Whether a date may go on behind the comma that ends there: after a day, month or weekday. */
  static boolean mayGoOn(ChunkBuffer text, int end) {
    if (text.before(end) != ',') {
      return false;
    }
    if (isShortDay(text, end)) {
      return true;
    }
    int start = wordStart(text, end - 1);
    int day = start;
    while (day < end - 1 && Marks.isDigit(text.charAt(day))) {
      day++;
    }
    boolean number = day > start && day - start <= MAX_DAY;
    return number || contains(text, start, end - 1);
  }

  /**
   * Whether a date goes on behind the comma.
   *
   * @param end where the comma ends
   * @param next what follows the text after it: letters show only when their word has ended
   */
  static boolean goesOn(ChunkBuffer text, int end, int next) {
    int from = end;
    while (from < text.length() && text.charAt(from) == ' ') {
      from++;
    }
    if (from == text.length()) {
      return Marks.isDigit(next);
    }
    return contains(text, from, text.length())
        || SHORT_MONTHS.contains(text, from, text.length())
        || ARTICLES.contains(text, from, text.length());
  }

  /** "Wed.,", "Wed,", "Mo.,": the short form of a weekday; "So," without a stop is a word. */
  private static boolean isShortDay(ChunkBuffer text, int end) {
    boolean stopped = end > 2 && text.charAt(end - 2) == '.';
    int day = stopped ? end - 2 : end - 1;
    int start = wordStart(text, day);
    return (stopped || day - start > 2) && SHORT_DAYS.contains(text, start, day);
  }

  /** Whether the word before the comma is the name of a weekday, which a word may follow. */
  static boolean isAfterWeekday(ChunkBuffer text, int end) {
    return isShortDay(text, end) || WEEKDAYS.contains(text, wordStart(text, end - 1), end - 1);
  }

  private static int wordStart(ChunkBuffer text, int end) {
    int start = end;
    while (start > 0 && Marks.isOrdinary(text.charAt(start - 1))) {
      start--;
    }
    return start;
  }
}
