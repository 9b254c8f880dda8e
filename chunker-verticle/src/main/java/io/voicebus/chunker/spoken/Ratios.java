package io.voicebus.chunker.spoken;

import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Two numbers with a slash, a colon or a cross between: scores, ratios, parts, sides. */
final class Ratios {
  /** Where these are talked of, "in 3/4" is a time signature. */
  private static final Pattern MUSIC =
      Pattern.compile(
          "(?i)(?<!\\p{L})(?:bpm|tempo|major|minor|chords?|waltz|march|melody|rhythm|song|played|beats?|music|tune)(?!\\p{L})");

  /** What a product of sides is counted in: "2 × 3 × 4 kubieke meter". */
  private static final Pattern VOLUME =
      Pattern.compile("^\\h(?:cubic|square|kubieke|vierkante|Kubik|Quadrat)");

  /** Where these are talked of, "24:30" are minutes and seconds. */
  private static final Pattern RUN =
      Pattern.compile(
          "(?i)(?<!\\p{L})(?:r[ua]n|running|race|pace|5k|10k|parkrun|lap|swam|swim|rowed|finished|clocked|PB|PR)(?!\\p{L})");

  /** "31:42". */
  private static final Pattern MINUTES = Pattern.compile("\\d\\d:[0-5]\\d");

  private static final int LAST_HOUR = 24;

  /** The parts of a ratio such as 70:30. */
  private static final int WHOLE = 100;

  private final Language language;

  private Ratios(Language language) {
    this.language = language;
  }

  static void add(Rules rules, Language language) {
    Ratios ratios = new Ratios(language);
    Fractions.sure(rules, language);
    if (language.is("en")) {
      // f/2.8, 1/250 s: apertures and exposures
      rules.add(
          "/",
          "(?<! [\\p{L}\\p{N}/] ) [fƒ] / (?<n> \\d{1,2} (?: \\.\\d )? ) (?! [\\p{L}\\p{N}_/] )",
          m -> "f " + language.numbers().say(m.of("n")));
      rules.add(
          "/",
          "<B> 1/ (?<n> \\d{2,4} ) \\h? s (?:ec(?:ond)?)? (?! [\\p{L}\\p{N}] )",
          m ->
              "one "
                  + language.numbers().ordinal(Long.parseLong(m.of("n")), "ordinal")
                  + " of a second");
      // 2×4s: timber
      rules.add(
          "×x",
          "<B> (?<a> \\d{1,2} ) [×x] (?<b> \\d{1,2} ) s (?! [\\p{L}\\p{N}] )",
          m ->
              language.small(m.of("a"))
                  + " by "
                  + language.small(m.of("b")).replaceFirst("x$", "xe")
                  + "s");
      // "ran 5K in 24:30"
      rules.add(
          ":",
          "(?= \\d ) (?<= (?<!\\p{L}) (?: in|of|to|time|pace|at ) \\h ) (?<a> [2-9]\\d ) : (?<b> [0-5]\\d ) (?! [\\p{L}\\p{N}] | [.,:]\\p{N} )",
          m ->
              m.integer("a") > 23 && RUN.matcher(m.text()).find()
                  ? language.small(m.of("a"))
                      + " minutes"
                      + (m.of("b").equals("00")
                          ? ""
                          : " " + language.small(m.of("b").replaceFirst("^0", "")) + " seconds")
                  : null);
    }
    if (language.is("en")) {
      // max. 4/day, 2–3 days/wk
      rules.add(
          "/",
          "(?<= (?<![\\p{L}\\p{N}/.,]) \\d{1,3} | \\d\\h\\p{Ll}{3,12} (?<! \\d\\h(?: hrs|mins|min|lbs|cal|kcal ) ) ) / (?<u> day|week|wk|month|mo|year|yr|hour|hr|night|person ) (?! [\\p{L}\\p{N}/] )",
          m ->
              " per "
                  + switch (m.of("u")) {
                    case "wk" -> "week";
                    case "mo" -> "month";
                    case "yr" -> "year";
                    case "hr" -> "hour";
                    default -> m.of("u");
                  });
    }
    // "3 x 433,33 €", "2 × $5"
    rules.add(
        "x×",
        "<B> (?<n> \\d{1,3} ) \\h? [x×] \\h? (?= [$€£]\\h?\\p{N} | <N> \\h? (?: € | EUR | Euro | euros? ) (?!\\p{L}) | R\\$ )",
        m -> language.small(m.of("n")) + " " + language.of("times") + " ");
    // "2 × 400 g tins"
    rules.add(
        "×",
        "<B> (?<n> \\d{1,2} ) \\h × \\h (?= \\d{1,4} \\h? (?: g|ml|mL|oz|mg|kg|l|L ) (?!\\p{L}) )",
        m -> language.small(m.of("n")) + " " + language.of("times") + " ");
    // 128/256/512 GB, 60/120 Hz
    rules.add(
        "/",
        "(?<= (?<![\\p{N}/.,]) \\d{2,4} | /\\d{2,4} ) / (?= \\d{2,4} (?: /\\d{2,4} ){0,3} \\h? (?: [MGT]B | [kMG]?Hz | fps | mm | cm | ml | mL | kg | mg | W | kW | MP ) (?! [\\p{L}\\p{N}/] ) )",
        m -> ", ");
    // 24/7, 9/11, 50/50, 20/20
    rules.add(
        "/",
        "<B> (?<a> 24|50|20 ) / (?<b> 7|50|20 ) (?! [\\p{L}\\p{N}_/%] | [.,]\\p{N} ) (?! \\h?= )",
        m ->
            m.all().equals("24/7") || m.of("a").equals(m.of("b"))
                ? language.small(m.of("a")) + " " + language.small(m.of("b"))
                : null);
    // 80/20
    rules.add(
        "/",
        "<B> (?<a> [1-9]0 ) / (?<b> [1-9]0 ) (?! [\\p{L}\\p{N}_/%] | [.,]\\p{N} ) (?! \\h?= )",
        m ->
            m.integer("a") + m.integer("b") == 100
                ? language.small(m.of("a")) + " " + language.small(m.of("b"))
                : null);
    // 9/11
    rules.add(
        "/",
        "<B> 9/11 (?! [\\p{L}\\p{N}_/%] )",
        m -> language.is("en") ? "nine eleven" : language.small("9") + " " + language.small("11"));
    // 130/85: blood pressure
    rules.add(
        "/",
        "<B> (?<a> [89]\\d | 1\\d\\d | 2[0-4]\\d ) / (?<b> [4-9]\\d | 1[0-4]\\d ) (?! [\\p{L}\\p{N}_/%] | [.,]\\p{N} ) (?! \\h?= )",
        m ->
            m.integer("a") <= m.integer("b") // "98/100"
                ? null
                : language.is("en")
                    ? language.small(m.of("a")) + " over " + language.small(m.of("b"))
                    : language.small(m.of("a"))
                        + " "
                        + (language.is("de")
                            ? "zu"
                            : language.is("nl")
                                ? "over"
                                : language.is("es") || language.is("pt")
                                    ? (language.is("es") ? "sobre" : "por")
                                    : language.is("fr") ? "sur" : "su")
                        + " "
                        + language.small(m.of("b")));
    if (language.is("en")) {
      // "in 4/4 time", "a 6/8 meter"
      rules.add(
          "/",
          "<B> (?<a> [2-9]|12 ) / (?<b> 2|4|8|16 ) (?= [\\h-] (?: time|meter|signature|beat|rhythm|waltz ) )",
          m -> language.small(m.of("a")) + " " + language.small(m.of("b")));
      // "in 4/4 at 120 BPM", "a waltz in 3/4."
      rules.add(
          "/",
          "(?= \\d ) (?<= (?<!\\p{L}) in \\h ) (?<a> [2-9]|12 ) / (?<b> 4|8 ) (?= [.,;)] | $ | \\h (?: at|and|with ) \\h )",
          m ->
              MUSIC.matcher(m.text()).find()
                  ? language.small(m.of("a")) + " " + language.small(m.of("b"))
                  : null);
    }
    rules.define("NOTFRACTION", language.words().anyOf("no-fraction-after"));
    // step 3/4, page 2/10
    rules.add(
        "/",
        "(?= \\d ) (?<= (?<!\\p{L}) (?i:<NOTFRACTION>) \\h ) (?<a> \\d{1,4} ) / (?<b> \\d{1,4} ) (?! [\\p{L}\\p{N}_/%] )",
        m ->
            language.small(m.of("a"))
                + " "
                + (language.is("en") ? "of" : language.is("es") ? "de" : language.of("outof"))
                + " "
                + language.small(m.of("b")));
    if (language.is("en")) {
      rules.define("MEASURE", language.words().anyOf("measures"));
      // "2/5 tasks left", and no "2/3 cups"
      rules.add(
          "/",
          "<B> (?<a> \\d{1,3} ) / (?<b> \\d{1,3} ) (?= \\h (?! <MEASURE> (?!\\p{L}) ) \\p{Ll}{3,20} (?!\\p{L}) )",
          m ->
              m.integer("a") <= m.integer("b")
                      && m.integer("b") > 2
                      && EnglishDates.plural(m.wordAfter())
                      && !Set.of("a", "an", "the").contains(m.wordBefore())
                  ? ratios.outOf(m)
                  : null);
    }
    rules.define("STARS", language.words().anyOf("stars"));
    // "4/5 stars", "4,5/5 étoiles", "3/5 ★★★"
    rules.add(
        "/",
        "<B> (?<a> \\d{1,2} (?: [.,]\\d )? ) / (?<b> 5|10 ) (?= [\\h-] (?: <STARS> (?!\\p{L}) | [★⭐☆] ) )",
        m ->
            language.numbers().say(m.of("a"))
                + " "
                + language.of("outof")
                + " "
                + language.small(m.of("b")));
    // "a 4★ hotel"
    rules.add(
        "★",
        "(?<= \\d ) ★",
        m ->
            " "
                + language
                    .words()
                    .list("stars")
                    .get(m.before().matches("(?s)(?:.*\\D)?1") ? 0 : 1));
    // 48/6 = 8, 10 / 2
    rules.add(
        "/÷",
        "<B> (?<a> <N> ) (?: \\h/\\h | \\h?÷\\h? | / (?= \\d{1,9} \\h?= ) ) (?<b> <N> ) <E> (?! / )",
        m ->
            isFraction(m)
                ? null
                : language.numbers().say(m.of("a"))
                    + " "
                    + language.of("divided")
                    + " "
                    + language.numbers().say(m.of("b")));
    // R = 12/0.4
    rules.add(
        "/",
        "<B> (?<a> \\d{1,6} ) / (?<b> \\d{1,3}[.,]\\d{1,4} ) (?! [\\p{L}\\p{N}_/%] | [.,-]\\p{N} )",
        m ->
            m.text().contains("=")
                ? language.numbers().say(m.of("a"))
                    + " "
                    + language.of("over")
                    + " "
                    + language.numbers().say(m.of("b"))
                : null);
    Fractions.slashes(rules, language);
    // Windows 10/11
    rules.add(
        "/",
        "(?= \\d{1,3} /\\d ) (?<! \\d ) (?<= (?<!\\p{L}) (?: <PRODUCT> | iPhone | Galaxy | Pixel | Xbox | Office ) \\h ) (?<a> \\d{1,3} ) / (?<b> \\d{1,3} ) (?! [\\p{L}\\p{N}_/%] | [.,]\\p{N} )",
        m ->
            language.small(m.of("a")) + " " + language.of("and") + " " + language.small(m.of("b")));
    // 3.8/4.0: a mark
    rules.add(
        "/",
        "<B> (?<a> \\d [.,] \\d{1,2} ) / (?<b> \\d [.,] 0{1,2} ) (?! [\\p{L}\\p{N}_/%] | [.,-]\\p{N} )",
        ratios::outOf);
    // 1520/1600: points, no years
    rules.add(
        "/",
        "<B> (?<a> \\d{3,4} ) / (?<b> 1[0-8]\\d\\d ) (?! [\\p{L}\\p{N}_/%] | [.,-]\\p{N} )",
        m -> m.integer("a") > m.integer("b") ? null : ratios.outOf(m));
    // 8/10, 3/20
    rules.add(
        "/",
        "<B> (?<a> \\d{1,3} (?:[.,]\\d)? ) / (?<b> \\d{1,3} ) (?! [\\p{L}\\p{N}_/%] | [.,-]\\p{N} )",
        m ->
            m.integer("b") >= 5 && !m.of("b").startsWith("0") && !exceeds(m) && isWhole(m)
                ? language.numbers().say(m.of("a"))
                    + " "
                    + language.of("outof")
                    + " "
                    + language.small(m.of("b"))
                : language.numbers().say(m.of("a"))
                    + " "
                    + language.of(isWhole(m) || exceeds(m) ? "over" : "slash")
                    + " "
                    + language.small(m.of("b")));
    // 1:2:3
    rules.add(
        ":",
        "<B> (?<! :) (?<a> \\d{1,2} ) : (?<b> \\d{1,2} ) : (?<c> \\d{1,2} ) (?! [\\p{L}\\p{N}_] | [.,:]\\p{N} )",
        m ->
            String.join(
                " " + language.of("ratio") + " ",
                language.small(m.of("a")),
                language.small(m.of("b")),
                language.small(m.of("c"))));
    // 3:1, 16:9, 1:1000
    rules.add(
        ":",
        "<B> (?<! :) (?<a> <N> ) : (?<b> <N> ) (?! [\\p{L}\\p{N}_] | [.,:]\\p{N} )",
        m -> ratios.ratio(m));
    // 3 × 8–10
    rules.add(
        "x×",
        "(?<= (?<!\\p{N}) \\d{1,2} \\h? [x×] \\h? \\d{1,3} ) \\h?[–-]\\h? (?= \\d{1,3} <E> )",
        m -> " " + language.of("to") + " ");
    // 1920x1080, 2×4, 3 x 5
    rules.add(
        "x×X",
        "<B> (?<a> <N> ) \\h? [x×X] \\h? (?<b> <N> ) (?: \\h? [x×X] \\h? (?<c> <N> ) )? (?! [\\p{L}\\p{N}_²³⁰¹⁴⁵⁶⁷⁸⁹⁻^] | [.,]\\p{N} )",
        m -> m.of("b").equals("10") && m.after().startsWith("⁻") ? null : ratios.sides(m));
    // 3 m × 4 m
    rules.add(
        "x×",
        "(?<= \\p{N} \\h? (?: cm|mm|m|ft|in|km ) ) \\h? [x×] \\h? (?= \\p{N} )",
        m -> " " + language.of("by") + " ");
  }

  /** "80/443", "28/36" are no parts of a whole: few tests have 36 points. */
  private static boolean isWhole(Match m) {
    int whole = m.integer("b");
    boolean few = whole < 100 && m.of("a").length() < m.of("b").length();
    return few || whole <= 20 || whole % 5 == 0;
  }

  /** "458/7": no part of a whole. */
  private static boolean exceeds(Match m) {
    return Double.parseDouble(m.of("a").replace(',', '.')) > m.integer("b");
  }

  /** "1/4 = 0.25": a fraction, no division. */
  private static boolean isFraction(Match m) {
    // 3/4, 1/10
    return m.all().matches("\\d{1,2}/(?:10|[2-9])")
        && Integer.parseInt(m.of("a")) < Integer.parseInt(m.of("b"));
  }

  /** A slash between words is not said: "his/her", "TCP/IP". */
  static void words(Rules rules) {
    // his/her, TCP/IP
    rules.add("/", "(?<=\\p{L}{2}) \\h? / \\h? (?=\\p{L}{2})", m -> " ");
    // "A/B test", "I/O"
    rules.add(
        "/",
        "(?<= (?<![\\p{L}\\p{N}/+−-]) \\p{Lu} ) / (?= \\p{Lu} (?! [\\p{L}\\p{N}/] ) )",
        m -> Formulas.isFormula(m) ? null : " ");
  }

  private String outOf(Match m) {
    return language.numbers().say(m.of("a"))
        + " "
        + language.of("outof")
        + " "
        + language.numbers().say(m.of("b"));
  }

  private @Nullable String sides(Match m) {
    if (m.all().startsWith("0x")) {
      return null; // "0x41"
    }
    boolean sum =
        m.text().contains("=") || language.talksOf("sums", m) || VOLUME.matcher(m.after()).find();
    boolean names =
        m.before().matches("(?s).*\\p{Lu}\\p{L}+ ") && m.after().matches("(?s) \\p{Lu}\\p{Ll}.*");
    boolean score = (language.talksOf("scores", m) || names) && language.is("pt") && !m.has("c");
    String by = " " + language.of(sum ? "times" : score ? "score" : "by") + " ";
    String third = m.has("c") ? by + side(m.of("c")) : "";
    return side(m.of("a")) + by + side(m.of("b")) + third;
  }

  /** "1920" as "nineteen twenty" would be a year. */
  private String side(String number) {
    return language.numbers().say(number);
  }

  /**
   * "The video ends at 31:42": minutes and seconds, where no ratio and no score has such numbers.
   */
  private boolean isOfClock(Match m) {
    if (!language.is("en") || !MINUTES.matcher(m.all()).matches()) {
      return false;
    }
    int first = m.integer("a");
    int second = m.integer("b");
    boolean round = first % 5 == 0 && second % 5 == 0;
    return first > LAST_HOUR && first + second != WHOLE && !round && !language.talksOf("ratios", m);
  }

  private String ratio(Match m) {
    if (isOfClock(m)) {
      String seconds = m.of("b");
      return language.small(m.of("a"))
          + (seconds.equals("00")
              ? " minutes"
              : (seconds.startsWith("0") ? " oh " : " ") + language.small(seconds));
    }
    if (m.all().matches("\\d\\d:0\\d")) { // "30:00", and no time of day
      Numbers.Written minutes = language.numbers().read(m.of("a"));
      Numbers.Written seconds = language.numbers().read(m.of("b").substring(1));
      return language.numbers().unit(minutes, "minute")
          + (m.of("b").equals("00") ? "" : " " + language.numbers().unit(seconds, "second"));
    }
    // 16:9, 4:3, 21:9
    boolean screen = !language.is("en") && !language.is("de") && m.all().matches("16:9|4:3|21:9");
    boolean scale = language.is("pt") && language.talksOf("ratios", m);
    String to = screen ? "" : (scale || language.is("nl") ? language.of("ratio") : to()) + " ";
    return language.numbers().say(m.of("a")) + " " + to + language.numbers().say(m.of("b"));
  }

  private String to() {
    return language.words().has("score") && !language.of("score").isEmpty()
        ? language.of("score")
        : language.of("to");
  }
}
