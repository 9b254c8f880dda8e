package io.voicebus.chunker.spoken;

import io.voicebus.chunker.spoken.Numbers.Gender;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Feet and inches, as words and as marks: 6 ft 2 in, 6'2", 27″. */
final class Inches {
  /** "gol al 90'", "two goals", "doelpunt". */
  private static final Pattern GOALS =
      Pattern.compile(
          "(?i)(?<!\\p{L})(?:gols?|goles|goal|reti|buts?|doelpunt\\p{L}*|tore?|marcó|marqué?|segnato|anotó)(?!\\p{L})"
              + "|(?<!\\d)(?:45|90|105)['’]?\\+\\d");

  /** "Arsenal 2–1 Chelsea", or what else shows that "23'" is a minute in English. */
  private static final Pattern MATCH =
      Pattern.compile(
          "(?i)(?<!\\p{L})(?:goals?|goalscorers?|scorers?|scored|penalty|equali[sz]\\p{L}{1,3}|substitut\\p{L}{1,4}|red card|yellow card|kick-off|full-time|half-time|stoppage time)(?!\\p{L})"
              + "|(?<!\\d)(?:45|90|105)['’]?\\+\\d|\\p{L}\\h\\d{1,2}\\h?[–:-]\\h?\\d{1,2}(?:\\h\\p{Lu}|,|;|\\.|\\h?\\()");

  private final Language language;
  private final Units units;

  Inches(Language language, Units units) {
    this.language = language;
    this.units = units;
  }

  /** Those with the names of the units; before other units. */
  void words(Rules rules) {
    // 6 ft 2 in, 5 ft. 11 in.
    rules.add(
        "f",
        "<B> (?<f> \\d{1,2} ) \\h? ft \\.? ,? \\h (?<i> \\d{1,2} (?:\\.5)? ) \\h? in (?: \\.(?=\\h\\p{Ll}|[,;:)]) )? (?! [\\p{L}\\p{N}] )",
        m ->
            feet(m.of("f"), m.of("i"))
                // "6 ft 2 in. wide"
                + (language.is("en") && m.after().matches("(?s)\\h\\p{Ll}{3}.*") ? " inches" : ""));
    if (language.is("en")) {
      // 9.86 in²
      rules.add(
          "²³",
          "<B> (?<n> <N> ) \\h? in (?<pow> [²³] ) (?! [\\p{L}\\p{N}] )",
          m ->
              language
                  .numbers()
                  .unit(
                      language.numbers().read(m.of("n")),
                      m.of("pow").equals("²") ? "square-inch" : "cubic-inch"));
      // 12 in long, 16 A
      rules.add(
          "i",
          "<B> (?<n> <N> ) \\h? in (?: \\. (?= \\h\\p{Ll} | [,;:)] ) | (?<! \\d in ) (?= \\h (?: long|wide|tall|high|thick|deep|across|square ) (?!\\p{L}) | \\h[x×]\\h\\p{N} ) )",
          m -> inch(m));
    }
  }

  /** Those with marks. */
  void marks(Rules rules) {
    if (language.is("de")) {
      // ein 27"-Monitor
      rules.add(
          "\"″",
          "<B> (?<n> \\d{1,3} ) [\"″] - (?= \\p{L} )",
          m -> language.numbers().say(m.of("n")) + "-Zoll-");
    }
    // 5'11", 6′2″, 27", 6'
    rules.add(
        "'′’",
        "<B> (?<f> \\d{1,2} ) \\h? ['′’] \\h? (?<i> \\d{1,2} (?:\\.5)? ) \\h? (?: [\"″”“] | '' | ’’ ) (?! [\\p{L}\\p{N}] )",
        m -> feet(m.of("f"), m.of("i")));
    // "tall 6'2", "is 5'11"
    rules.add(
        "'′’",
        "(?<= (?i: tall | is | was | height | stands | of ) \\h ) (?<f> [3-7] ) ['′’] (?<i> 1[01] | \\d ) (?! [\\p{L}\\p{N}] )",
        m -> feet(m.of("f"), m.of("i")));
    // "gols aos 12' e 38'", "20-30'"
    rules.add(
        "'′’",
        "<B> (?: (?<a> \\d{1,3} ) \\h?[-–]\\h? )? (?<n> \\d{1,3} ) ['′’] (?! [\\p{L}\\p{N}'′’] )",
        this::minute);
    if (language.is("en")) {
      // "Saka 23', Rice 67'"
      rules.add(
          "'′’",
          "(?= \\d ) (?<= \\p{L} \\h | \\d['′’], \\h | \\( ) (?<n> \\d{1,3} ) ['′’] (?= [,;.)] | $ | \\h (?: \\( | and\\h | & ) )",
          m ->
              !MATCH.matcher(m.text()).find()
                  ? null
                  : m.wordBefore().equals("at")
                      ? language.small(m.of("n")) + " minutes"
                      : language.numbers().ordinal(m.integer("n"), "ordinal") + " minute");
    }
    // 8' deep
    rules.add(
        "'′’",
        "<B> (?<n> \\d{1,4} ) ['′’] (?= \\h (?: deep|tall|wide|long|high|ladder|ceilings?|boat|x|by|× ) (?!\\p{L}) )",
        m ->
            language.is("en")
                ? language.numbers().say(m.of("n")) + (m.of("n").equals("1") ? " foot" : " feet")
                : null);
    // 5' x 7', 2'×3'
    if (language.is("en")) {
      rules.add(
          "'′’",
          "<B> (?<n> \\d{1,4} ) ['′’] (?: (?= \\h? [x×] \\h? \\d ) | (?<= ['′’] \\h? [x×] \\h? \\d{1,4} ['′’] ) ) (?! [\\p{L}\\p{N}&&[^x]] )",
          m -> language.numbers().say(m.of("n")) + (m.of("n").equals("1") ? " foot" : " feet"));
    }
    // 12" × 18"
    rules.add(
        "x×", "(?<= \\d [\"″”'′’] ) \\h? [x×] \\h? (?= \\d )", m -> " " + language.of("by") + " ");
    // 27″, 27"
    rules.add(
        "\"″”",
        "<B> (?<n> <N> ) (?: ″ | [\"”] (?= [\\h,.;)] | $ ) ) (?! [\\p{L}\\p{N}] )",
        m -> quoted(m) ? null : inch(m));
    // 6′
    rules.add(
        "′",
        "<B> (?<n> <N> ) ′ (?! [\\p{L}\\p{N}] )",
        m ->
            language.numbers().say(m.of("n"))
                + " "
                + language.words().list("feet").get(m.of("n").equals("1") ? 0 : 1));
  }

  /** "38'": a minute of a match. */
  private @Nullable String minute(Match m) {
    boolean range = m.has("a");
    boolean match = range || GOALS.matcher(m.text()).find() || MATCH.matcher(m.text()).find();
    String to = language.to(m);
    return language.is("en") || !match
        ? null
        : (range ? language.numbers().say(m.of("a")) + " " + (to.isEmpty() ? "" : to + " ") : "")
            + language.numbers().unit(language.numbers().read(m.of("n")), "minute");
  }

  private static boolean quoted(Match m) {
    String before = m.before();
    long plain = before.replaceAll("\\d\"", "").chars().filter(c -> c == '"').count();
    boolean curly =
        before.lastIndexOf('“') > before.lastIndexOf('”')
            || before.lastIndexOf('„') > before.lastIndexOf('”');
    return m.all().endsWith("\"") ? plain % 2 == 1 : m.all().endsWith("”") && curly;
  }

  private String inch(Match m) {
    boolean english = language.is("en");
    boolean one = m.of("n").equals("1") || (english && units.beforeNoun(m));
    boolean feminine = language.is("es") || language.is("pt");
    Gender gender = feminine ? Gender.FEMININE : english ? Gender.NONE : Gender.MASCULINE;
    return language.amount(language.numbers().read(m.of("n")), gender, m)
        + " "
        + language.words().list("inches").get(one ? 0 : 1);
  }

  private String feet(String feet, String inches) {
    boolean seconds = inches.startsWith("0") && feet.length() > 1; // 12'05"
    if (seconds || inches.matches("1[2-9]|[2-9]\\d")) { // no inches: 23'45"
      return language.numbers().unit(language.numbers().read(feet), "minute")
          + " "
          + language
              .numbers()
              .unit(language.numbers().read(inches.replaceFirst("^0(?=\\d)", "")), "second");
    }
    if (language.is("en")) {
      return language.small(feet)
          + " "
          + (feet.equals("1") ? "foot" : "feet")
          + " "
          + language.numbers().say(inches);
    }
    return language.small(feet)
        + " "
        + language.words().list("feet").get(feet.equals("1") ? 0 : 1)
        + " "
        + language
            .numbers()
            .say(
                language.numbers().read(inches),
                language.is("es") || language.is("pt") ? Gender.FEMININE : Gender.NONE)
        + " "
        + language.words().list("inches").get(inches.equals("1") ? 0 : 1);
  }
}
