package io.voicebus.chunker;

import io.voicebus.chunker.spoken.SpokenForms;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What shows the language of a text besides its words: the name of a month at a number, what a
 * number counts, how times and ordinal numbers are written, how marks are set. Pure.
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
          // "2-yr", "1 lb", "60 mph"
          new Sign(
              "en", 3, 2, Pattern.compile("\\d[-\\h]?(?:yr|hr|wk|lb|oz|ft|mph)s?(?![\\p{L}./])")),
          // "O jogo terminou", "El tren sale": articles that no neighbour begins a sentence with
          new Sign("pt", 2, 1, Pattern.compile("(?:^|[.!?]\\h)O\\h(?!bien|sea)(?=\\p{Ll}{3})")),
          new Sign("es", 2, 1, Pattern.compile("(?:^|[.!?]\\h)El\\h(?=\\p{Ll}{3})")),
          days("en", "Mon|Tue|Wed|Thu|Fri|Sat|Sun"),
          days("de", "Mo|Di|Mi|Do|Fr|Sa|So"),
          days("fr", "lun|mar|mer|jeu|ven|sam|dim"),
          days("es", "lun|mar|mié|jue|vie|sáb|dom"),
          days("it", "lun|mar|mer|gio|ven|sab|dom"),
          days("pt", "seg|ter|qua|qui|sex|sáb|dom"),
          days("nl", "ma|di|wo|do|vr|za|zo"),
          // "10:13 AM", "August 15, 2008"
          new Sign(
              "en",
              3,
              2,
              Pattern.compile(
                  "\\d\\h?[AP]M(?!\\p{L})|(?<!\\p{L})\\p{Lu}\\p{Ll}{2,8}\\.?\\h\\d{1,2},\\h(?:1[5-9]|20)\\d\\d(?!\\d)")),
          // "68 °F"
          new Sign("en", 3, 1, Pattern.compile("\\d\\h?°F(?!\\p{L})")),
          // "a 7": an article of English, but "Rome a 7 collines"
          new Sign("en", -1.5, 2, Pattern.compile("(?<!\\p{L})a \\d")),
          // "14 h 30", "8 h 15"
          new Sign(
              "fr",
              3,
              2,
              Pattern.compile("(?<![\\p{L}\\d])\\d{1,2}\\h?h\\h?[0-5]\\d(?!\\d|\\h?m)")),
          // "Durée : deux heures", "Vraiment ?"
          new Sign("fr", 2, 2, Pattern.compile("\\p{Ll}{2}\\h[:;?!](?=\\s|$)|«\\h")),
          // "¿Cuánto?"
          new Sign("es", 3, 2, Pattern.compile("[¿¡](?=\\p{L})")),
          // titles before names: "Mrs. Bennet", "M. Dupont", "Hr. Meier", "Sig.ra Rossi"
          title("en", "(?:Mr|Mrs|Ms)\\.?"),
          title("de", "(?:Herrn?|Frau|Hrn?\\.)"),
          title("fr", "(?:M\\.|MM\\.|Mme|Mlle)"),
          title("es", "(?:Srta|Dña)\\."),
          title("it", "(?:[Ss]ig|[Dd]ott)\\.(?:ra|ssa)?"),
          title("nl", "(?:[Dd]hr|[Mm]evr|[Mm]w)\\."));

  /** "28. August", "12 de octubre", "July 20", "mei 1945". */
  private static final Pattern DATE =
      Pattern.compile(
          "(?<!\\d)\\d{1,2}(?:\\.|er|º|°|st|nd|rd|th)?\\h(?:de\\h)?(?<month>\\p{L}{3,9}+)"
              + "|(?<!\\p{L})(?<named>\\p{L}{3,9}+)\\h\\d{1,4}(?![\\d.,:]\\d)");

  /** "2⅓ cups", "1/2 Tasse", "Chapter IV", "Étape 2". */
  private static final Pattern COUNTED =
      Pattern.compile(
          "(?<![\\d.,/])(?:\\d{1,4}|\\d{0,2}\\h?(?:[¼-¾⅐-⅞]|\\d/\\d))\\h(?<counted>\\p{L}{2,12}+)"
              + "|(?<!\\p{L})(?<head>\\p{Lu}\\p{Ll}{2,8}+)\\h(?:\\d{1,3}|[IVXL]{1,5})(?![\\p{L}\\d])");

  /** What a date or a counted word counts: as much as a common word. */
  private static final double AT_NUMBER = 5;

  /** A word that several languages have. */
  private static final double SHARED = 4;

  private static final int MOST_AT_NUMBERS = 2;

  /**
   * A short form that goes on: "pag. 12", "d. h. etwa", "godz. 14:30", and no end of a sentence.
   */
  private static final Pattern SHORT =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}.@/-])(?<short>\\p{L}{2,7}+|\\p{L}{1,3}(?:\\.\\h?\\p{L}{1,3}){1,2}?)\\.(?:,|[–-]\\p{L}|\\h[\\p{Ll}\\d(§€])");

  /** What a short form counts for its one language, and for each of two or three. */
  private static final double OWN_SHORT = 4;

  private static final double SHARED_SHORT = 3;

  /** Which more languages have shows nothing. */
  private static final int MOST_WITH_SHORT = 3;

  private static final int MOST_SHORT = 3;

  /** Shorter names of months are words, too; these are not. */
  private static final int MIN_MONTH = 4;

  private static final Set<String> SHORT_MONTHS = Set.of("May", "Mai", "mai", "mei", "maj");

  /** Names of months as they are written, and the languages with spoken forms that have them. */
  private static final Map<String, Set<String>> MONTHS = months();

  /** Words that stand at numbers, and the languages that have them. */
  private static final Map<String, Set<String>> COUNTED_WORDS = words("counted-words.txt");

  /** Short forms that are no words, and the languages that have them. */
  private static final Map<String, Set<String>> SHORT_FORMS = shortForms();

  /**
   * How numbers are written, which is too little to be told as a language. What speaks against
   * English speaks for none of the others.
   */
  private static final List<Sign> FORMATS =
      List.of(
          // "49,90 €", "29,7 cm", "1.250,00"
          new Sign(
              "en",
              -3,
              1,
              Pattern.compile("(?<![\\d.,])\\d{1,3}(?:\\.\\d{3})*,\\d{1,2}(?![\\d,])")),
          // "5 %", "12 €", "10 $"
          new Sign("en", -0.5, 1, Pattern.compile("\\d\\h[%€$]")),
          // "1,250.50", "$5", "£3", "5%"
          new Sign(
              "en", 1.5, 1, Pattern.compile("\\d,\\d{3}(?!\\d)|[$£]\\d|\\d\\.\\d\\d?(?![\\d.])")),
          // "R$ 5"
          new Sign("pt", 5, 1, Pattern.compile("R\\$\\h?\\d")),
          // "€ 12,95"
          new Sign("nl", 1.5, 1, Pattern.compile("€\\h\\d{1,3}(?:\\.\\d{3})*(?:,\\d\\d)?(?!\\d)")),
          new Sign("it", 1.5, 1, Pattern.compile("€\\h\\d{1,3}(?:\\.\\d{3})*(?:,\\d\\d)?(?!\\d)")),
          // "3.10.", "24.12.2024", "XIV."
          new Sign(
              "de",
              2,
              1,
              Pattern.compile("(?<![\\d.])\\d{1,2}\\.\\d{1,2}\\.(?!\\d{3}(?!\\d)|\\d\\d?\\.)")),
          // "1 299 €", "12 000 km²"
          new Sign("fr", 1, 1, Pattern.compile("(?<![\\d.,])\\d{1,3}(?:\\h\\d{3})+(?![\\d\\h])")),
          // "3.º", "2ª"
          new Sign("es", 2, 1, Pattern.compile("\\d\\.?[ºª]")),
          new Sign("pt", 2, 1, Pattern.compile("\\d\\.?[ºª]")),
          new Sign("it", 1.5, 1, Pattern.compile("\\d[ºª]")),
          // "14h", "18h30"
          new Sign("pt", 1.5, 1, Pattern.compile("\\dh(?:[0-5]\\d)?(?![\\d\\p{L}])")));

  private LanguageSigns() {}

  private static Sign title(String language, String titles) {
    return new Sign(
        language, 2, 1, Pattern.compile("(?<![\\p{L}.])" + titles + "\\h(?=\\p{Lu}\\p{Ll})"));
  }

  /** From one day of the week to another: "Mon–Fri", "lun. a vie." */
  private static Sign days(String language, String names) {
    String one = "(?:" + names + ")\\.?";
    return new Sign(
        language,
        3,
        1,
        Pattern.compile(
            "(?<!\\p{L})"
                + one
                + "(?:\\h?[-–]\\h?|\\h(?:a|al|au|bis|tot|t/m|to)\\h)"
                + one
                + "(?!\\p{L})"));
  }

  private static Map<String, Set<String>> months() {
    Map<String, Set<String>> months = words("months.txt");
    months.keySet().removeIf(name -> name.length() < MIN_MONTH && !SHORT_MONTHS.contains(name));
    return months;
  }

  private static Map<String, Set<String>> shortForms() {
    Map<String, Set<String>> forms = new HashMap<>();
    Set<String> everywhere = new TreeSet<>();
    for (String line : WordList.lines("abbreviations.txt")) {
      int colon = line.indexOf(':');
      for (String entry : WordList.words(line.substring(colon + 1))) {
        String form = entry.replaceAll("[?~]$", "").toLowerCase(Locale.ROOT);
        if (colon > 2) {
          everywhere.add(form);
        } else {
          forms.computeIfAbsent(form, name -> new TreeSet<>()).add(line.substring(0, colon));
        }
      }
    }
    forms.keySet().removeAll(everywhere);
    forms
        .entrySet()
        .removeIf(
            form ->
                form.getValue().size() > MOST_WITH_SHORT || LanguageScores.isCommon(form.getKey()));
    return forms;
  }

  private static Map<String, Set<String>> words(String file) {
    Map<String, Set<String>> words = new HashMap<>();
    for (String line : WordList.lines(file)) {
      for (String word : WordList.words(line.substring(3))) {
        words.computeIfAbsent(word, name -> new TreeSet<>()).add(line.substring(0, 2));
      }
    }
    return words;
  }

  /** Finds how a text writes its numbers. */
  static void findFormats(CharSequence text, Out out) {
    find(FORMATS, text, out);
  }

  private static void find(List<Sign> signs, CharSequence text, Out out) {
    for (Sign sign : signs) {
      long found = sign.pattern.matcher(text).results().limit(sign.most).count();
      if (found > 0) {
        out.add(sign.language, sign.weight * found);
      }
    }
  }

  /** Finds the signs of a text. */
  static void find(CharSequence text, Out out) {
    find(SIGNS, text, out);
    Matcher date = DATE.matcher(text);
    for (int found = 0; found < MOST_AT_NUMBERS && date.find(); found++) {
      addMonth(date, out);
    }
    Matcher counted = COUNTED.matcher(text);
    for (int found = 0; found < MOST_AT_NUMBERS && counted.find(); found++) {
      boolean head = counted.group("counted") == null;
      String word = head ? counted.group("head") : counted.group("counted");
      add(COUNTED_WORDS.getOrDefault(word, Set.of()), out);
    }
    Matcher shortened = SHORT.matcher(text);
    for (int found = 0; found < MOST_SHORT && shortened.find(); found++) {
      String form = shortened.group("short").replaceAll("\\h", "").toLowerCase(Locale.ROOT);
      Set<String> languages = SHORT_FORMS.getOrDefault(form, Set.of());
      for (String language : languages) {
        out.add(language, languages.size() == 1 ? OWN_SHORT : SHARED_SHORT);
      }
    }
  }

  private static void addMonth(Matcher date, Out out) {
    String name = date.group("month") == null ? date.group("named") : date.group("month");
    Set<String> languages = new TreeSet<>(MONTHS.getOrDefault(name, Set.of()));
    boolean stop = date.group().indexOf('.') > 0;
    boolean before = date.group("month") != null;
    languages.removeIf(
        code -> SpokenForms.LANGUAGES.contains(code) && before && stop != code.equals("de"));
    add(languages, out);
  }

  private static void add(Set<String> languages, Out out) {
    for (String language : languages) {
      out.add(language, languages.size() == 1 ? AT_NUMBER : SHARED);
    }
  }
}
