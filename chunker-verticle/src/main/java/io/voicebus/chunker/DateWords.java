package io.voicebus.chunker;

import java.text.DateFormatSymbols;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Names of months and weekdays, after the JDK's locale data, and what they say of a comma: a date
 * goes on behind it, as in "Tuesday, June 5, 2029".
 */
final class DateWords {
  private static final long MONTH = 1;
  private static final long WEEKDAY = 2;

  /** Words that come between a weekday and its date: "Dienstag, den 5. Mai". */
  private static final WordTable ARTICLES =
      new WordTable(Map.of("the", 1L, "den", 1L, "dem", 1L, "der", 1L, "le", 1L, "el", 1L));

  private static final WordTable NAMES = names();

  /** More digits are no day of a month. */
  private static final int MAX_DAY = 2;

  private DateWords() {}

  private static WordTable names() {
    Map<String, Long> names = new HashMap<>();
    for (String code : Languages.CODES) {
      DateFormatSymbols symbols = DateFormatSymbols.getInstance(Locale.forLanguageTag(code));
      add(names, symbols.getMonths(), MONTH);
      add(names, symbols.getShortMonths(), MONTH);
      add(names, symbols.getWeekdays(), WEEKDAY);
    }
    return new WordTable(names);
  }

  private static void add(Map<String, Long> names, String[] words, long kind) {
    for (String word : words) {
      String plain = word.endsWith(".") ? word.substring(0, word.length() - 1) : word;
      if (plain.length() > 2) {
        names.merge(plain, kind, (a, b) -> a | b);
      }
    }
  }

  /** Whether the word in {@code [from, to)} is the name of a month or a weekday. */
  static boolean contains(CharSequence text, int from, int to) {
    return NAMES.contains(text, from, to);
  }

  /** Whether the word in {@code [from, to)} is the name of a month. */
  static boolean isMonth(CharSequence text, int from, int to) {
    return (NAMES.get(text, from, to) & MONTH) != 0;
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
    int start = wordStart(text, end - 1);
    int day = start;
    while (day < end - 1 && Marks.isDigit(text.charAt(day))) {
      day++;
    }
    boolean number = day > start && day - start <= MAX_DAY;
    return number || NAMES.contains(text, start, end - 1);
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
    return NAMES.contains(text, from, text.length())
        || ARTICLES.contains(text, from, text.length());
  }

  /** Whether the word before the comma is the name of a weekday, which a word may follow. */
  static boolean isAfterWeekday(ChunkBuffer text, int end) {
    return (NAMES.get(text, wordStart(text, end - 1), end - 1) & WEEKDAY) != 0;
  }

  private static int wordStart(ChunkBuffer text, int end) {
    int start = end;
    while (start > 0 && Marks.isOrdinary(text.charAt(start - 1))) {
      start--;
    }
    return start;
  }
}
