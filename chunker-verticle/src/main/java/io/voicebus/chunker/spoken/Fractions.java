package io.voicebus.chunker.spoken;

import io.voicebus.chunker.spoken.Numbers.Gender;
import java.text.Normalizer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Fractions, and numbers with a fraction: "1/2", "¾", "1 1/2", "2½ kg". */
final class Fractions {
  private static final List<Integer> DENOMINATORS = List.of(2, 3, 4, 5, 6, 7, 8, 9, 10);

  /** "la fracción 3/4", "a fração 1/2". */
  private static final Pattern FRACTION =
      Pattern.compile("(?i)(?:fra[cç][cçtz]?i?[oóã][neo]{0,2}|frazione) $");

  /** "7/10 del terreno" is a part; "7/10" alone is a mark. */
  private static final Pattern TENTHS =
      Pattern.compile("\\h(?:del?|della|di|dei|do|da|van|du|des|der|of the)(?!\\p{L})");

  /** 3/2 and 3/4. */
  private static final Pattern FRACTIONS = Pattern.compile("(?<![\\d/.,])\\d/\\d(?![\\d/])");

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

  private static final Pattern UNIT =
      Pattern.compile("\\h?(?<unit>\\p{L}{1,3})(?![\\p{L}\\p{N}/²³])");

  private final Language language;

  /** Dutch nouns before which a half has an ending. */
  private final Set<String> halve;

  private Fractions(Language language) {
    this.language = language;
    this.halve = language.words().set("halve");
  }

  /** Fractions that no other number can be: "½", "1-1/2 inch". */
  static void sure(Rules rules, Language language) {
    Fractions fractions = new Fractions(language);
    rules.define("HALVED", fractions.putsHalvesLast() ? Words.anyOf(HALVED.keySet()) : "(?!)");
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
                              : fractions.fraction(m.integer("a"), m.integer("b"))));
    }
    // ½, 2½, 1 ¾, 2½ kg
    rules.add(
        "¼½¾⅓⅔⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒",
        "(?: <B> (?<whole> \\d{1,6} ) \\h? )? (?<sign> [¼-¾⅐-⅞] ) (?: \\h? (?<unit> (?<= \\d\\h?½\\h? ) <HALVED> (?! [\\p{L}\\p{N}/²³'’] ) ) | \\h (?<noun> (?<=½\\h) (?! (?:tsp|tbsp|cdta?s?|cdas?) (?!\\p{L}) ) \\p{Ll}{3,20}+ ) )?",
        m -> {
          String parts = Normalizer.normalize(m.of("sign"), Normalizer.Form.NFKC);
          int slash = parts.indexOf('\u2044');
          String counted = fractions.halves(m);
          if (counted != null) {
            return counted;
          }
          String said =
              fractions.mixed(
                  m,
                  Integer.parseInt(parts.substring(0, slash)),
                  Integer.parseInt(parts.substring(slash + 1)));
          return said == null || !m.has("noun") ? said : said + " " + m.of("noun");
        });
  }

  /** "1/2" and "1 3/4": after what a slash may be else. */
  static void slashes(Rules rules, Language language) {
    Fractions fractions = new Fractions(language);
    // 1/2, 1 3/4, 2/3
    rules.add(
        "/⁄",
        "<B> (?<! [/^_{]) (?: (?<whole> \\d{1,3} ) \\h )? (?<a> \\d{1,2} ) [/⁄] (?<b> 10|[2-9] ) (?! [\\p{L}\\p{N}_/%] | [.,-]\\p{N} )",
        m -> {
          int a = m.integer("a");
          int b = m.integer("b");
          boolean tenths = b == 10 && m.all().indexOf('⁄') < 0 && !m.precedes(TENTHS);
          if (tenths || (a >= b && m.has("whole"))) {
            return null;
          }
          boolean improper =
              a > b && b <= 4 && a < 10 && FRACTIONS.matcher(m.text()).results().count() > 1;
          return a < b ? fractions.mixed(m, a, b) : improper ? fractions.fraction(a, b) : null;
        });
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
      boolean unit = HALVED.containsKey(unit(m));
      // "un cuarto de litro"
      return unit && putsHalvesLast() ? fraction + (language.is("it") ? " di" : " de") : fraction;
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
      case "de" -> germanHalf(noun ? gender : unitGender(m), m);
      case "nl" -> bendsHalf(m) ? "een halve" : "een half";
      case "fr" -> gender == Gender.FEMININE ? "une demi" : "un demi";
      default -> "one half";
    };
  }

  /** Dutch: "anderhalve liter", but "anderhalf uur". */
  private boolean bendsHalf(Match m) {
    // "1½ l", "1½ km", "1½ el"
    return halve.contains(noun(m))
        || m.after().matches("(?s)\\h?(?:km|m|l|cm|mm|kg|[et]l)(?!\\p{L}).*");
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

  /** The unit that follows, as it is written; empty for none. */
  private static String unit(Match m) {
    Matcher unit = UNIT.matcher(m.after());
    return unit.lookingAt() ? unit.group("unit") : "";
  }

  /** The gender of the unit that follows: "½ l". */
  private Gender unitGender(Match m) {
    String written = unit(m);
    String name = HALVED.get(written);
    return switch (written) {
      case "TL", "EL" -> Gender.MASCULINE;
      case "Std" -> Gender.FEMININE;
      default -> name == null ? Gender.NONE : language.numbers().unitGender(name);
    };
  }

  private String germanHalf(Gender gender, Match m) {
    if (gender != Gender.FEMININE && gender != Gender.MASCULINE && gender != Gender.NEUTER) {
      return "einhalb";
    }
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
