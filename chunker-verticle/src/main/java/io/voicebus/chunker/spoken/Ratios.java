package io.voicebus.chunker.spoken;

import io.voicebus.chunker.spoken.Numbers.Gender;
import java.text.Normalizer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Two numbers with a slash or a colon between: fractions, scores, ratios, parts. */
final class Ratios {
  /** Where these are talked of, "in 3/4" is a time signature. */
  private static final java.util.regex.Pattern MUSIC =
      java.util.regex.Pattern.compile(
          "(?i)(?<!\\p{L})(?:bpm|tempo|major|minor|chords?|waltz|march|melody|rhythm|song|played|beats?|music|tune)(?!\\p{L})");

  /** What a product of sides is counted in: "2 × 3 × 4 kubieke meter". */
  private static final java.util.regex.Pattern VOLUME =
      java.util.regex.Pattern.compile("^\\h(?:cubic|square|kubieke|vierkante|Kubik|Quadrat)");

  /** Where these are talked of, "24:30" are minutes and seconds. */
  private static final java.util.regex.Pattern RUN =
      java.util.regex.Pattern.compile(
          "(?i)(?<!\\p{L})(?:r[ua]n|running|race|pace|5k|10k|parkrun|lap|swam|swim|rowed|finished|clocked|PB|PR)(?!\\p{L})");

  private static final List<Integer> DENOMINATORS = List.of(2, 3, 4, 5, 6, 7, 8, 9, 10);

  /** "la fracción 3/4", "a fração 1/2". */
  private static final java.util.regex.Pattern FRACTION =
      java.util.regex.Pattern.compile("(?i)(?:fra[cç][cçtz]?i?[oóã][neo]{0,2}|frazione) $");

  /** "na escala de 1:50". */
  private static final java.util.regex.Pattern RATIO =
      java.util.regex.Pattern.compile(
          "(?i)(?<!\\p{L})(?:proporção|escala|razão|chances|probabilidade|verhouding|schaal)(?:\\h\\p{L}{1,4}){0,3}\\h$");

  /** "7/10 del terreno" is a part; "7/10" alone is a mark. */
  private static final java.util.regex.Pattern TENTHS =
      java.util.regex.Pattern.compile(
          "\\h(?:del?|della|di|dei|do|da|van|du|des|der|of the)(?!\\p{L})");

  /** 3/2 and 3/4. */
  private static final java.util.regex.Pattern FRACTIONS =
      java.util.regex.Pattern.compile("(?<![\\d/.,])\\d/\\d(?![\\d/])");

  /** Units whose halves are said after them, each with ICU's identifier. */
  private static final Map<String, String> HALVED =
      Map.of(
          "kg",
          "kilogram",
          "g",
          "gram",
          "l",
          "liter",
          "km",
          "kilometer",
          "m",
          "meter",
          "cm",
          "centimeter",
          "h",
          "hour",
          "t",
          "metric-ton");

  private final Language language;

  /** Dutch nouns before which a half has an ending. */
  private final Set<String> halve;

  private Ratios(Language language) {
    this.language = language;
    this.halve = language.words().set("halve");
  }

  static void add(Rules rules, Language language) {
    Ratios ratios = new Ratios(language);
    rules.define("HALVED", ratios.putsHalvesLast() ? Words.anyOf(HALVED.keySet()) : "(?!)");
    // "1/2–3/4 cup", "½–¾ cup"
    rules.add(
        "–-",
        "(?<= (?<![\\d/]) \\d/\\d | [¼-¾⅐-⅞] ) \\h?[–-]\\h? (?= \\d/\\d (?![\\d/]) | \\d?[¼-¾⅐-⅞] ) | (?<= [¼-¾⅐-⅞] ) – (?= \\d (?!\\d) )",
        m -> " " + language.of("to") + " ");
    if (language.is("en")) {
      // 1-1/2" screws, a 2-1/2 cup bowl
      rules.add(
          "/",
          "<B> (?<whole> \\d{1,2} ) - (?<a> \\d{1,2} ) / (?<b> 2|4|8|16 ) (?= [\"″] | [\\h-] (?: inch|inches|in\\.|cups?|tsp|tbsp|ft|lbs?|hours?|miles?|pound|pounds ) )",
          m ->
              m.integer("a") >= m.integer("b")
                  ? null
                  : m.all().endsWith("1/2")
                      ? language.small(m.of("whole")) + " and a half"
                      : language.small(m.of("whole"))
                          + " and "
                          + (m.of("b").equals("16")
                              ? language.small(m.of("a")) + " sixteenths"
                              : ratios.fraction(m.integer("a"), m.integer("b"))));
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
          "(?= \\d ) (?<= (?<!\\p{L}) (?: in|of|to|time|pace|at ) \\h ) (?<a> [2-9]\\d ) : (?<b> [0-5]\\d ) (?! [\\p{L}\\p{N}:] | [.,]\\p{N} )",
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
          "(?<= (?<![\\p{L}\\p{N}/.,]) \\d{1,3} | \\d\\h\\p{Ll}{3,12} ) / (?<u> day|week|wk|month|mo|year|yr|hour|hr|night|person ) (?! [\\p{L}\\p{N}/] )",
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
    // "2 × 400 g tins"
    rules.add(
        "×",
        "<B> (?<n> \\d{1,2} ) \\h × \\h (?= \\d{1,4} \\h? (?: g|ml|mL|oz|mg|kg|l|L ) (?!\\p{L}) )",
        m -> language.small(m.of("n")) + " " + language.of("times") + " ");
    // ½, 2½, 1 ¾, 2½ kg
    rules.add(
        "¼½¾⅓⅔⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒",
        "(?: <B> (?<whole> \\d{1,6} ) \\h? )? (?<sign> [¼-¾⅐-⅞] ) (?: \\h? (?<unit> (?<= \\d\\h?½\\h? ) <HALVED> (?! [\\p{L}\\p{N}/²³'’] ) ) | \\h (?<noun> (?<=½\\h) (?! (?:tsp|tbsp|cdta?s?|cdas?)\\. ) \\p{Ll}{3,20}+ ) )?",
        m -> {
          String parts = Normalizer.normalize(m.of("sign"), Normalizer.Form.NFKC);
          int slash = parts.indexOf('\u2044');
          String counted = ratios.halves(m);
          if (counted != null) {
            return counted;
          }
          String said =
              ratios.mixed(
                  m,
                  Integer.parseInt(parts.substring(0, slash)),
                  Integer.parseInt(parts.substring(slash + 1)));
          return said == null || !m.has("noun") ? said : said + " " + m.of("noun");
        });
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
    // 1/2, 1 3/4, 2/3
    rules.add(
        "/⁄",
        "<B> (?<! [/^_{]) (?: (?<whole> \\d{1,3} ) \\h )? (?<a> \\d{1,2} ) [/⁄] (?<b> 10|[2-9] ) (?! [\\p{L}\\p{N}_/%] | [.,-]\\p{N} )",
        m -> {
          int a = m.integer("a");
          int b = m.integer("b");
          boolean tenths =
              b == 10 && m.all().indexOf('⁄') < 0 && !TENTHS.matcher(m.after()).lookingAt();
          if (tenths || (a >= b && m.has("whole"))) {
            return null;
          }
          boolean improper =
              a > b && b <= 4 && a < 10 && FRACTIONS.matcher(m.text()).results().count() > 1;
          return a < b ? ratios.mixed(m, a, b) : improper ? ratios.fraction(a, b) : null;
        });
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
            m.integer("b") >= 5 && !m.of("b").startsWith("0") && !exceeds(m)
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
    // 1:2:3
    rules.add(
        ":",
        "<B> (?<! :) (?<a> \\d{1,2} ) : (?<b> \\d{1,2} ) : (?<c> \\d{1,2} ) (?! [\\p{L}\\p{N}_:] | [.,]\\p{N} )",
        m ->
            String.join(
                " " + language.of("ratio") + " ",
                language.small(m.of("a")),
                language.small(m.of("b")),
                language.small(m.of("c"))));
    // 3:1, 16:9, 1:1000
    rules.add(
        ":",
        "<B> (?<! :) (?<a> <N> ) : (?<b> <N> ) (?! [\\p{L}\\p{N}_:] | [.,]\\p{N} )",
        m -> ratios.ratio(m));
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
        m.text().contains("=")
            || Formulas.talksOfSums(m.text())
            || VOLUME.matcher(m.after()).find();
    boolean names =
        m.before().matches("(?s).*\\p{Lu}\\p{L}+ ") && m.after().matches("(?s) \\p{Lu}\\p{Ll}.*");
    boolean score = (Plain.isScore(m.text()) || names) && language.is("pt") && !m.has("c");
    String by = " " + language.of(sum ? "times" : score ? "score" : "by") + " ";
    String third = m.has("c") ? by + side(m.of("c")) : "";
    return side(m.of("a")) + by + side(m.of("b")) + third;
  }

  /** "1920" as "nineteen twenty" would be a year. */
  private String side(String number) {
    return language.numbers().say(number);
  }

  private String ratio(Match m) {
    // 16:9, 4:3, 21:9
    boolean screen = !language.is("en") && !language.is("de") && m.all().matches("16:9|4:3|21:9");
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
    boolean half = numerator == 1 && denominator == 2;
    if (half && !m.has("whole")) {
      return half(m);
    }
    if (!m.has("whole")) {
      return fraction;
    }
    Gender gender = m.follows(FRACTION) ? Gender.NONE : language.nouns().of(noun(m));
    boolean known = gender == Gender.FEMININE || gender == Gender.MASCULINE;
    boolean romance = language.is("es") || language.is("it") || language.is("pt");
    String whole =
        language
            .numbers()
            .say(language.numbers().read(m.of("whole")), romance && known ? gender : Gender.NONE);
    if (language.is("de") && half) {
      return m.of("whole").equals("1") ? "eineinhalb" : whole + "einhalb";
    }
    if (half && (romance || language.is("fr"))) {
      return whole
          + " "
          + language.of("and")
          + " "
          + (language.is("fr") ? "demi" : halfWord(gender));
    }
    if (half && language.is("en")) {
      return whole + " and a half";
    }
    if (half && language.is("nl")) {
      return (m.of("whole").equals("1") ? "anderhal" : whole + " en een hal")
          + (bendsHalf(m) ? "ve" : "f");
    }
    return whole + " " + language.of("and") + " " + fraction;
  }

  /** "dos tazas y media", "deux heures et demie": the half comes after the noun. */
  private boolean putsHalvesLast() {
    return language.is("es") || language.is("it") || language.is("pt") || language.is("fr");
  }

  private @Nullable String halves(Match m) {
    if (!putsHalvesLast() || !m.has("whole") || !(m.has("noun") || m.has("unit"))) {
      return null;
    }
    Numbers.Written whole = language.numbers().read(m.of("whole"));
    String unit = HALVED.get(m.of("unit"));
    Gender gender =
        unit == null ? language.nouns().of(m.of("noun")) : language.numbers().unitGender(unit);
    if (gender != Gender.MASCULINE && gender != Gender.FEMININE) {
      return null;
    }
    String counted = unit == null ? m.of("noun") : language.numbers().unitName(unit, whole);
    if (unit == null && whole.isOne()) {
      counted =
          language.is("it")
              ? counted.replaceFirst("i$", "o").replaceFirst("e$", "a")
              : counted.replaceFirst("s$", "");
    }
    return language.numbers().say(whole, gender)
        + " "
        + counted
        + " "
        + language.of("and")
        + " "
        + halfWord(gender);
  }

  /** The word after a half: in the match, or after it. */
  private static String noun(Match m) {
    return m.all().matches("(?s).*\\h\\p{Ll}{3,}")
        ? m.all().replaceFirst("(?s).*\\h", "")
        : m.wordAfter();
  }

  /** A half before a noun bends with it: "media taza", "einen halben Liter". */
  private String half(Match m) {
    Gender gender = m.follows(FRACTION) ? Gender.NONE : language.nouns().of(noun(m));
    boolean noun =
        gender == Gender.FEMININE || gender == Gender.MASCULINE || gender == Gender.NEUTER;
    return switch (language.words().language) {
      case "es", "it", "pt" ->
          // "½ kg", "½ l"
          noun || m.after().matches("(?s)\\h?(?:kg|g|l|km|h|m)(?!\\p{L}).*")
              ? halfWord(gender)
              : language.of("one") + " " + halfWord(Gender.MASCULINE);
      case "de" -> noun ? germanHalf(gender, m) : "einhalb";
      case "nl" -> bendsHalf(m) ? "een halve" : "een half";
      case "fr" -> gender == Gender.FEMININE ? "une demi" : "un demi";
      default -> "one half";
    };
  }

  /** Dutch: "anderhalve liter", but "anderhalf uur". */
  private boolean bendsHalf(Match m) {
    // "1½ l", "1½ km"
    return halve.contains(noun(m)) || m.after().matches("(?s)\\h?(?:km|m|l|cm|mm|kg)(?!\\p{L}).*");
  }

  private String halfWord(Gender gender) {
    boolean feminine = gender == Gender.FEMININE;
    return switch (language.words().language) {
      case "es" -> feminine ? "media" : "medio";
      case "it" -> feminine ? "mezza" : "mezzo";
      case "fr" -> feminine ? "demie" : "demi";
      default -> feminine ? "meia" : "meio";
    };
  }

  private String germanHalf(Gender gender, Match m) {
    String one = language.amount(language.numbers().read("1"), gender, m);
    boolean strong = one.equals("ein") && gender == Gender.NEUTER;
    return one
        + (strong
            ? " halbes"
            : one.equals("eine") ? " halbe" : one.equals("ein") ? " halber" : " halben");
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
