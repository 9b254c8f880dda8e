package io.voicebus.chunker;

import io.voicebus.chunker.spoken.SpokenForms;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What shows the language of a text besides its words: the name of a month at a number, how times
 * and ordinal numbers are written, how marks are set. Pure.
 */
final class LanguageSigns {
  /** Takes what a sign counts for a language. */
  interface Out {
    void add(String language, double weight);
  }

  /** A pattern, and what each of its first matches counts. */
  private record Sign(String language, double weight, int most, Pattern pattern) {}

  private static final List<Sign> SIGNS =
      List.of(
          // "Beethoven's", "9th"
          new Sign(
              "en", 3, 4, Pattern.compile("\\p{L}['’]s(?!\\p{L})|\\d(?:st|nd|rd|th)(?!\\p{L})")),
          // "a 7": an article of English, but "Rome a 7 collines"
          new Sign("en", -1.5, 2, Pattern.compile("(?<!\\p{L})a \\d")),
          // "14 h 30", "8 h 15"
          new Sign("fr", 3, 2, Pattern.compile("(?<![\\p{L}\\d])\\d{1,2}\\h?h\\h?[0-5]\\d(?!\\d)")),
          // "Durée : deux heures", "Vraiment ?"
          new Sign("fr", 2, 2, Pattern.compile("\\p{Ll}{2}\\h[:;?!](?=\\s|$)|«\\h")),
          // "¿Cuánto?"
          new Sign("es", 3, 2, Pattern.compile("[¿¡](?=\\p{L})")));

  /** "28. August", "12 de octubre", "July 20", "mei 1945". */
  private static final Pattern DATE =
      Pattern.compile(
          "(?<!\\d)\\d{1,2}(?:\\.|er|º|°|st|nd|rd|th)?\\h(?:de\\h)?(?<month>\\p{L}{3,9}+)"
              + "|(?<!\\p{L})(?<named>\\p{L}{3,9}+)\\h\\d{1,4}(?![\\d.,:]\\d)");

  /** What a date counts: as much as a common word. */
  private static final double MONTH = 5;

  /** A name that several languages have. */
  private static final double SHARED_MONTH = 4;

  private static final int MOST_MONTHS = 2;

  /** Shorter names of months are words, too; these are not. */
  private static final int MIN_MONTH = 4;

  private static final Set<String> SHORT_MONTHS = Set.of("May", "Mai", "mai", "mei", "maj");

  /** Names of months as they are written, and the languages with spoken forms that have them. */
  private static final Map<String, Set<String>> MONTHS = months();

  private LanguageSigns() {}

  private static Map<String, Set<String>> months() {
    Map<String, Set<String>> months = new HashMap<>();
    for (String line : WordList.lines("months.txt")) {
      String language = line.substring(0, 2);
      for (String month : WordList.words(line.substring(3))) {
        if (month.length() >= MIN_MONTH || SHORT_MONTHS.contains(month)) {
          months.computeIfAbsent(month, name -> new TreeSet<>()).add(language);
        }
      }
    }
    return months;
  }

  /** Finds the signs of a text. */
  static void find(CharSequence text, Out out) {
    for (Sign sign : SIGNS) {
      long found = sign.pattern.matcher(text).results().limit(sign.most).count();
      if (found > 0) {
        out.add(sign.language, sign.weight * found);
      }
    }
    Matcher date = DATE.matcher(text);
    for (int found = 0; found < MOST_MONTHS && date.find(); found++) {
      addMonth(date, out);
    }
  }

  private static void addMonth(Matcher date, Out out) {
    String name = date.group("month") == null ? date.group("named") : date.group("month");
    Set<String> languages = new TreeSet<>(MONTHS.getOrDefault(name, Set.of()));
    boolean stop = date.group().indexOf('.') > 0;
    boolean before = date.group("month") != null;
    languages.removeIf(
        code -> SpokenForms.LANGUAGES.contains(code) && before && stop != code.equals("de"));
    for (String language : languages) {
      out.add(language, languages.size() == 1 ? MONTH : SHARED_MONTH);
    }
  }
}
