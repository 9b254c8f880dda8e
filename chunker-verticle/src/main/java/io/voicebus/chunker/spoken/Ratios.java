package io.voicebus.chunker.spoken;

import io.voicebus.chunker.spoken.Numbers.Gender;
import java.text.Normalizer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Two numbers with a slash or a colon between: fractions, scores, ratios, parts. */
final class Ratios {
  private static final List<Integer> DENOMINATORS = List.of(2, 3, 4, 5, 6, 7, 8, 9, 10);

  private static final java.util.regex.Pattern RATIO =
      java.util.regex.Pattern.compile("(?i)(?<!\\p{L})(?:proporção|escala|razão|proporción|verhouding|schaal)(?:\\h\\p{L}{1,4}){0,3}\\h$");

  private final Language language;

  private Ratios(Language language) {
    this.language = language;
  }

  static void add(Rules rules, Language language) {
    Ratios ratios = new Ratios(language);
    // ½, 2½, 1 ¾
    rules.add(
        "¼½¾⅓⅔⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒",
        "(?: <B> (?<whole> \\d{1,6} ) \\h? )? (?<sign> [¼-¾⅐-⅞] )",
        m -> {
          String parts = Normalizer.normalize(m.of("sign"), Normalizer.Form.NFKC);
          int slash = parts.indexOf('\u2044');
          return ratios.mixed(
              m,
              Integer.parseInt(parts.substring(0, slash)),
              Integer.parseInt(parts.substring(slash + 1)));
        });
    // 24/7, 9/11, 50/50, 20/20
    rules.add(
        "/",
        "<B> (?<a> 24|50|20 ) / (?<b> 7|50|20 ) (?! [\\p{L}\\p{N}_/%] | [.,]\\p{N} ) (?! \\h?= )",
        m ->
            m.all().equals("24/7") || m.of("a").equals(m.of("b"))
                ? language.small(m.of("a")) + " " + language.small(m.of("b"))
                : null);
    rules.add(
        "/",
        "<B> 9/11 (?! [\\p{L}\\p{N}_/%] )",
        m -> language.is("en") ? "nine eleven" : language.small("9") + " " + language.small("11"));
    // 130/85: blood pressure
    rules.add(
        "/",
        "<B> (?<a> [89]\\d | 1\\d\\d | 2[0-4]\\d ) / (?<b> [4-9]\\d | 1[0-4]\\d ) (?! [\\p{L}\\p{N}_/%] | [.,]\\p{N} ) (?! \\h?= )",
        m ->
            language.is("en")
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
    rules.define("NOTFRACTION", language.words().anyOf("no-fraction-after"));
    // step 3/4, page 2/10
    rules.add(
        "/",
        "(?= \\d ) (?<= (?i:<NOTFRACTION>) \\h ) (?<a> \\d{1,4} ) / (?<b> \\d{1,4} ) (?! [\\p{L}\\p{N}_/%] )",
        m ->
            language.small(m.of("a"))
                + " "
                + (language.is("en") ? "of" : language.is("es") ? "de" : language.of("outof"))
                + " "
                + language.small(m.of("b")));
    // 48/6 = 8, 10 / 2
    rules.add(
        "/÷",
        "<B> (?<a> <N> ) (?: \\h/\\h | \\h?÷\\h? | / (?= \\d{1,9} \\h?= ) ) (?<b> <N> ) <E> (?! / )",
        m ->
            language.numbers().say(m.of("a"))
                + " "
                + language.of("divided")
                + " "
                + language.numbers().say(m.of("b")));
    // 1/2, 1 3/4, 2/3
    rules.add(
        "/⁄",
        "<B> (?<! /) (?: (?<whole> \\d{1,3} ) \\h )? (?<a> \\d{1,2} ) [/⁄] (?<b> 10|[2-9] ) (?! [\\p{L}\\p{N}_/%] | [.,-]\\p{N} )",
        m -> {
          int a = m.integer("a");
          int b = m.integer("b");
          if ((b == 10 && m.all().indexOf('⁄') < 0) || (a >= b && m.has("whole"))) {
            return null;
          }
          return a < b ? ratios.mixed(m, a, b) : null;
        });
    // 8/10, 3/20
    rules.add(
        "/",
        "<B> (?<a> \\d{1,3} (?:[.,]\\d)? ) / (?<b> \\d{1,3} ) (?! [\\p{L}\\p{N}_/%] | [.,-]\\p{N} )",
        m ->
            m.integer("b") >= 5 && !m.of("b").startsWith("0")
                ? language.numbers().say(m.of("a"))
                    + " "
                    + language.of("outof")
                    + " "
                    + language.small(m.of("b"))
                : language.numbers().say(m.of("a"))
                    + " "
                    + language.of("over")
                    + " "
                    + language.small(m.of("b")));
    // 3:1, 16:9, 1:1000
    rules.add(
        ":",
        "<B> (?<! :) (?<a> <N> ) : (?<b> <N> ) (?! [\\p{L}\\p{N}_:] | [.,]\\p{N} )",
        m ->
            ratios.ratio(m));
    // 1920x1080, 2×4, 3 x 5
    rules.add(
        "x×X",
        "<B> (?<a> <N> ) (?<u> \\h? (?: cm|mm|m|ft|in ) )? \\h? [x×X] \\h? (?<b> <N> ) (?: \\k<u> )? (?: \\h? [x×X] \\h? (?<c> <N> ) )? (?! [\\p{L}\\p{N}_²³⁰¹⁴⁵⁶⁷⁸⁹⁻^] | [.,]\\p{N} | \\h?= )",
        m -> Formulas.isSum(m) ? null : ratios.sides(m));
    // his/her, TCP/IP
    rules.add("/", "(?<=\\p{L}{2}) \\h? / \\h? (?=\\p{L}{2})", m -> " ");
  }

  private String sides(Match m) {
    String by = " " + language.of("by") + " ";
    String third = m.has("c") ? by + side(m.of("c")) : "";
    return side(m.of("a")) + by + side(m.of("b")) + third;
  }

  /** "1920" as "nineteen twenty" would be a year. */
  private String side(String number) {
    return language.numbers().say(number);
  }

  private String ratio(Match m) {
    boolean screen = language.is("fr") && m.all().matches("16:9|4:3|21:9");
    boolean scale = m.follows(RATIO);
    String to = screen ? "" : (scale || language.is("nl") ? language.of("ratio") : to()) + " ";
    return language.numbers().say(m.of("a")) + " " + to + language.numbers().say(m.of("b"));
  }

  private String to() {
    return language.words().has("score") && !language.of("score").isEmpty()
        ? language.of("score")
        : language.of("to");
  }

  private @Nullable String mixed(Match m, int numerator, int denominator) {
    String fraction = fraction(numerator, denominator);
    if (fraction == null) {
      return null;
    }
    boolean half = denominator == 2;
    if (!m.has("whole")) {
      return fraction;
    }
    String whole = language.numbers().say(language.numbers().read(m.of("whole")), Gender.NONE);
    if (language.is("de") && half) {
      return m.of("whole").equals("1") ? "eineinhalb" : whole + "einhalb";
    }
    if (half && !language.is("en") && !language.is("nl")) {
      return whole
          + " "
          + language.of("and")
          + " "
          + (language.is("es")
              ? "medio"
              : language.is("fr") ? "demi" : language.is("it") ? "mezzo" : "meio");
    }
    if (half && language.is("nl")) {
      return m.of("whole").equals("1") ? "anderhalf" : whole + "eneenhalf";
    }
    return whole + " " + language.of("and") + " " + fraction;
  }

  private @Nullable String fraction(int numerator, int denominator) {
    int name = 2 * DENOMINATORS.indexOf(denominator);
    List<String> names = language.words().list("fractions");
    if (name < 0 || name + 1 >= names.size()) {
      return null;
    }
    if (numerator == 1 && denominator == 2 && !language.is("en")) {
      return language.is("de")
          ? "einhalb"
          : language.is("nl") ? "een half" : (language.is("fr") ? "un demi" : names.get(0));
    }
    return numerator == 1
        ? language.of("one") + " " + names.get(name)
        : language.small(String.valueOf(numerator)) + " " + names.get(name + 1);
  }
}
