package io.voicebus.chunker.spoken;

import io.voicebus.chunker.spoken.Numbers.Gender;
import io.voicebus.chunker.spoken.Numbers.Written;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Amounts of units, with powers, per something, in ranges and before a noun. */
final class Units {
  /** What is compared: "P(A) ≈ 17%". */
  private static final Pattern OPERAND = Pattern.compile("(?:[)\\d²³]|(?<!\\p{L})\\p{L})\\h?$");

  /** Where these are talked of, "5 bps" are basis points. */
  private static final Pattern RATES =
      Pattern.compile(
          "%|(?i)(?<!\\p{L})(?:yields?|rates?|spreads?|Fed|bonds?|inflation|margins?|basis|percent|unemployment|hike|GDP)(?!\\p{L})");

  private static final Set<String> DETERMINERS =
      Set.of(
          "a", "an", "the", "this", "that", "his", "her", "my", "our", "your", "their", "its",
          "each", "another", "every");

  /** What follows an amount and is no noun that the amount stands before. */
  private static final Set<String> NO_NOUN =
      Set.of(
          "a", "an", "the", "in", "on", "at", "for", "of", "to", "from", "by", "with", "and", "or",
          "per", "each", "is", "was", "are", "were", "but", "than", "away", "ago", "more", "less",
          "long", "high", "wide", "tall", "deep", "thick", "apart", "today", "now", "when", "while",
          "as", "if", "so", "then", "that", "which", "into", "over", "under", "above", "below",
          "between", "before", "after", "until", "every", "extra", "back", "down", "off", "up");

  /** "a - ". */
  private static final Pattern AFTER_SIGN = Pattern.compile("[\\p{N}\\p{L})] ?[-+−×·] ?$");

  private final Language language;
  private final UnitNames names;

  private Units(Language language) {
    this.language = language;
    names = new UnitNames(language);
  }

  static Units add(Rules rules, Language language) {
    Units units = new Units(language);
    rules.define("U", Words.anyOf(units.names.signs()));
    // m², m^3
    rules.define("POW", "(?: [²³] | \\^[23] )");
    // no unit: "5 m²x", "5 m's", "5 s-curves"
    rules.define("UEND", "(?! [\\p{L}\\p{N}_²³⁴'’*^] | [/·⋅-]\\p{L} )");
    return units;
  }

  void add(Rules rules) {
    // "12 Min. Umsteigezeit": all nouns have a capital
    rules.define(
        "SHORTNOUN", language.is("de") ? "(?<= Min\\.|Std\\.|Sek\\. ) \\h \\p{Lu}\\p{Ll}" : "(?!)");
    rules.define("SPAN", language.words().anyOf("spans"));
    // "mg/kg/day"
    rules.define("AGAIN", "(?: (?<= /\\p{L}{1,3} ) / (?<span> <SPAN> ) )");
    // the stop of a short unit: "6 ft. tall", "1 oz.,"
    rules.define("UDOT", "(?<dot> \\. (?= \\h\\p{Ll} | [,;:)] | <SHORTNOUN> ) )");
    rules.define("OWN", Words.anyOf(language.words().map("own-units").keySet()));
    Inches inches = new Inches(language, this);
    inches.words(rules);
    // 5–10 km, 5%-10%, 25-30 min, 20 °C – 25 °C
    rules.add(
        "0",
        """
        <B> (?<gap> (?!) )? (?<neg> (?<![\\p{L}\\p{N})\\]]) [-−+] )? (?<a> <N> ) \\h? (?: (?<u1> <U> ) \\h? )? [-–—] \\h? (?<b> <N> ) [\\h-]? (?<u> <U> ) (?<pow> <POW> )? (?: \\h?/\\h? (?<per> <U> ) (?<ppow> <POW> )? <AGAIN>? )? <UDOT>? <UEND>
        """,
        m ->
            m.has("u1") && !m.of("u1").equals(m.of("u"))
                ? null
                : sign(m)
                    + language.numbers().say(m.of("a")).replaceFirst("^eins$", "ein")
                    + joint(m)
                    + say(m, m.of("b"))
                    + again(m));
    // 5 km, 9.81 m/s², 50%, a 10-km run, 10 km² , 6 ft.
    rules.add(
        "0",
        """
        <B> (?<neg> (?<![\\p{L}\\p{N})\\]]) [-−+±~≈] \\h? )? (?<a> <N> ) (?<gap> [\\h-]? ) (?<u> <U> ) (?<pow> <POW> )? (?: (?: \\h?/\\h? | [·⋅] (?= \\p{L}{1,3} ⁻¹ ) ) (?<per> <U> ) (?<ppow> <POW> )? (?: (?<= [·⋅] \\p{L}{1,3} ) ⁻¹ )? <AGAIN>? )? <UDOT>? <UEND>
        """,
        m -> units(m));
    // 100 km/h without ICU's unit: "20 Mbps", "5 dB", "30 fps"
    rules.add(
        "0",
        "<B> (?: (?<a> <N> ) \\h?[-–]\\h? )? (?<n> <N> ) \\h? (?<u> <OWN> ) (?! [\\p{L}\\p{N}] )",
        m ->
            m.of("u").equals("bps") && RATES.matcher(m.text()).find()
                ? null
                : (m.has("a") ? language.numbers().say(m.of("a")) + joint(m) : "")
                    + language.numbers().say(m.of("n"))
                    + " "
                    + (!m.has("a") && language.numbers().read(m.of("n")).isOne()
                        ? rate(m.of("u")).replaceFirst("s(?= |$)", "") // "un mégabit par seconde"
                        : language.is("en") && beforeNoun(m)
                            ? rate(m.of("u")).replaceFirst("s$", "")
                            : rate(m.of("u"))));
    // 12 ha de viñedo: alone it is the verb
    rules.add(
        "h",
        "<B> (?<n> <N> ) \\h ha (?= \\h (?: de|di|del|en|in|a|al|con|para|per|junto|lungo|cada|y|e|o ) \\h | [,;] | \\.?$ )",
        m -> language.numbers().unit(language.numbers().read(m.of("n")), "hectare"));
    if (language.is("en")) {
      // "age 36y", "a 5y bond"
      rules.add(
          "y",
          "<B> (?<n> \\d{1,3} ) y (?! [\\p{L}\\p{N}_²³^(*/+=-] | \\h[+−*/=<>-] )",
          m ->
              Formulas.isSum(m, language)
                  ? null
                  : language.small(m.of("n"))
                      + (m.of("n").equals("1") || beforeNoun(m) ? " year" : " years"));
    }
    if (language.is("en")) {
      // "rose 5 bps", "-0.3 pp"
      rules.add(
          "p",
          "<B> (?<neg> (?<![\\p{L}\\p{N})\\]]) [-−+] )? (?<n> <N> ) \\h? (?<u> bps?|pp ) (?! [\\p{L}\\p{N}] )",
          m ->
              RATES.matcher(m.text()).find()
                  ? sign(m)
                      + language.numbers().say(m.of("n"))
                      + (m.of("u").equals("pp") ? " percentage point" : " basis point")
                      + (language.numbers().read(m.of("n")).isOne() ? "" : "s")
                  : null);
    }
    // "250 mg/5 mL"
    rules.add(
        "/",
        "(?<= \\d \\h? (?: mg|g|mcg|µg|IU ) ) / (?= \\d{1,3} (?:[.,]\\d)? \\h? (?: mL|ml|L|l|dL ) (?!\\p{L}) )",
        m -> " " + language.of("per") + " ");
    // "3×/wk", "3x/week"
    rules.add(
        "x×",
        "<B> (?<n> \\d{1,2} ) \\h? [x×] \\h?/\\h? (?<span> <SPAN> | week|day|month|year ) (?! [\\p{L}\\p{N}] )",
        m ->
            language.small(m.of("n"))
                + " "
                + language.of("times-as")
                + " "
                + names.per(m.of("span")));
    // "4 g/24 h"
    rules.add(
        "/",
        "(?<= \\d \\h? (?: mg|g|ml|mL|mcg|µg|l|L ) ) / (?= (?: 12|24|48 ) \\h? h (?!\\p{L}) )",
        m -> " " + language.of("per") + " ");
    LoneUnits.add(rules, language, names);
    // 300 K
    rules.add(
        "K",
        "<B> (?<n> <N> ) \\h K (?! [\\p{L}\\p{N}'’] )",
        m -> language.numbers().unit(language.numbers().read(m.of("n")), "kelvin"));
    // 38,5 h/Woche, 3 mg/day
    rules.add(
        "/",
        "<B> (?<neg> (?!) )? (?: (?<from> <N> ) \\h?[-–]\\h? )? (?<a> <N> ) (?<gap> \\h? ) (?<u> <U> ) (?<pow> (?!) )? (?<per> (?!) )? / (?<span> <SPAN> ) (?: (?<= mo|yr|hr|wk ) \\. (?= [,;)] | \\h\\p{Ll} ) )? (?! [\\p{L}\\p{N}] )",
        m ->
            (m.has("from") ? language.numbers().say(m.of("from")) + joint(m) : "")
                + say(m, m.of("a"))
                + " "
                + names.per(m.of("span")));
    // 16 A
    rules.add(
        "A",
        "<B> (?<n> <N> ) \\h A (?= [,;)] | \\. (?!\\p{L}) | $ "
            + (language.is("en")
                ? "| \\h(?:chargers?|circuits?|breakers?|fuses?|outlets?|sockets?|service)(?!\\p{L})"
                : "| \\h\\p{Ll}")
            + " )",
        m ->
            language.is("en") && !m.wordAfter().isEmpty()
                ? language.numbers().say(m.of("n")) + " amp"
                : language.numbers().unit(language.numbers().read(m.of("n")), "ampere"));
    // 10x faster, 3x
    rules.add(
        "0",
        "<B> (?: (?<a> <N> ) \\h?[-–—]\\h? )? (?<n> <N> ) \\h? [x×] (?! [\\p{L}\\p{N}] | \\h?[\\p{N}(] )",
        this::fold);
    inches.marks(rules);
  }

  /** "10x faster"; but "2x" in a formula is no number of times. */
  private @Nullable String fold(Match m) {
    boolean enclosed = m.before().matches("(?s).*\\(\\h?[~≈]?\\h?") && m.after().startsWith(")");
    if (m.text().matches("(?s).*[=²³√].*")
        || m.follows(AFTER_SIGN)
        || (!enclosed && m.after().matches("(?s)\\h?[+=*/)-].*"))) {
      return null;
    }
    // "x es 2x.", "l'effet est 3x"
    boolean value =
        m.wordBefore().matches("es|is|est|ist|è|é") && m.after().matches("(?s)(?:[,.;].*)?");
    if (language.is("de") && m.of("n").equals("1") && !m.has("a")) {
      return "einmal";
    }
    String count = language.numbers().say(m.of("n"));
    if (m.has("a")) { // "3–4×"
      count = language.numbers().say(m.of("a")) + joint(m) + count;
    }
    return count + " " + (value && m.all().endsWith("x") ? "x" : language.of("times-as"));
  }

  private String again(Match m) {
    return m.has("span") ? " " + names.per(m.of("span")) : "";
  }

  private String joint(Match m) {
    String to = language.to(m);
    return to.isEmpty() ? " " : " " + to + " ";
  }

  private String rate(String unit) {
    return language.words().map("own-units").getOrDefault(unit, unit).replace('_', ' ');
  }

  private String sign(Match m) {
    String sign = m.of("neg").strip();
    return switch (sign) {
      case "-", "−" -> language.of("minus") + " ";
      case "+" -> language.of("plus") + " ";
      case "±" -> language.of("plusminus") + " ";
      case "~" -> language.of("about") + " ";
      case "≈" -> m.follows(OPERAND) ? language.of("approx") + " " : language.of("about") + " ";
      default -> "";
    };
  }

  private @Nullable String units(Match m) {
    String unit = m.of("u");
    boolean letter = unit.length() == 1 && Character.isLetter(unit.charAt(0));
    boolean joined =
        language.is("en") && "VWLgm".contains(unit) && isNoun(m.wordAfter()); // "a 12-V battery"
    if (m.of("gap").equals("-") && ((letter && !joined) || !Character.isLetter(unit.charAt(0)))) {
      return null;
    }
    String after = m.after();
    boolean glued = m.of("gap").isEmpty();
    // "5 W's" is no watt; "100 N Main St" no newton; "4 V Model" ...
    if (letter
        && !glued
        && "NW".contains(unit)
        && after.matches("(?s)\\h\\d{1,3}(?:st|nd|rd|th).*")) {
      return null; // "45 W 34th St"
    }
    if (letter
        && unit.equals("N")
        && !m.wordAfter().isEmpty()
        && Character.isUpperCase(m.wordAfter().charAt(0))) {
      return null;
    }
    if (letter
        && glued
        && "LVWNJ".contains(unit)
        && !after.isEmpty()
        && Character.isUpperCase(after.charAt(0))) {
      return null;
    }
    return sign(m) + say(m, m.of("a")) + again(m);
  }

  private String say(Match m, String amount) {
    Written n = language.numbers().read(amount);
    String id = names.id(m.of("u"), m.of("pow"));
    // "10yr yields"
    boolean term =
        language.is("en")
            && m.of("gap").isEmpty()
            && m.of("u").equals("yr")
            && isNoun(m.wordAfter());
    boolean joined = language.is("en") && m.of("gap").equals("-") && !m.wordAfter().isEmpty();
    boolean noun =
        term
            || joined // "45-min sessions"
            || (language.is("en")
                && (m.of("u").equals("ft") || m.of("u").length() > 1 || beforeNoun(m))
                && beforeNoun(m));
    String whole = m.has("per") ? id + "-per-" + names.id(m.of("per"), m.of("ppow")) : id;
    List<String> own = language.words().list("unit." + whole);
    if (!own.isEmpty()) {
      boolean one =
          n.isOne()
              || (language.is("fr") && n.value().compareTo(java.math.BigDecimal.valueOf(2)) < 0);
      return language.amount(n, language.numbers().unitGender(whole), m)
          + " "
          + own.get(one ? 0 : 1);
    }
    if (m.has("per")) {
      String per = names.id(m.of("per"), m.of("ppow"));
      if (language.is("en") && m.has("ppow")) {
        String power =
            m.of("ppow").contains("2") || m.of("ppow").equals("²") ? " squared" : " cubed";
        if (per.startsWith("square-second") || per.startsWith("cubic-second")) {
          return language.numbers().unit(n, id + "-per-" + names.id(m.of("per"), "")) + power;
        }
      }
      return language.numbers().unit(n, id + "-per-" + per);
    }
    if (language.is("en") && id.equals("pound-force-per-square-inch")) {
      return language.numbers().say(n, Gender.NONE) + " pounds per square inch";
    }
    if (language.is("en") && id.equals("metric-ton")) {
      return language.numbers().say(n, Gender.NONE) + (n.isOne() || noun ? " ton" : " tons");
    }
    if (language.is("en") && id.equals("permille")) {
      return language.numbers().say(n, Gender.NONE) + " per mille";
    }
    if (language.is("de") && n.isOne() && !id.equals("percent")) {
      return language.amount(n, language.numbers().unitGender(id), m)
          + " "
          + language.numbers().unitName(id, n);
    }
    if (noun) {
      return language.numbers().say(n, Gender.NONE)
          + " "
          + language.numbers().unitName(id, new Written("1", ""));
    }
    if (id.equals("percent")) {
      return language
              .numbers()
              .say(
                  n,
                  n.isOne() && language.is("de")
                      ? Gender.NEUTER
                      : n.isOne() && language.is("fr") ? Gender.MASCULINE : Gender.NONE)
          + " "
          + language.of("percent");
    }
    if (Language.isMillions(n) && language.words().has("of")) {
      String name = language.numbers().unitName(id, n);
      return language.numbers().say(n, Gender.MASCULINE) + " " + language.of(name, false) + name;
    }
    return language.numbers().unit(n, id);
  }

  /** Whether an English word goes on behind an amount that is a noun itself. */
  static boolean isNoNoun(String word) {
    return NO_NOUN.contains(word);
  }

  private static boolean isNoun(String next) {
    return next.length() >= 3 && Character.isLowerCase(next.charAt(0)) && !NO_NOUN.contains(next);
  }

  /** Whether an English amount stands before a noun, as in "a 10 km walk". */
  boolean beforeNoun(Match m) {
    if (!isNoun(m.wordAfter())) {
      return false;
    }
    String before = m.wordBefore().toLowerCase(java.util.Locale.ROOT);
    if (DETERMINERS.contains(before)) {
      return true;
    }
    // "a new $5 coffee"
    String rest = m.before().stripTrailing();
    String earlier =
        rest.substring(0, Math.max(0, rest.length() - before.length())).stripTrailing();
    int from = earlier.lastIndexOf(' ') + 1;
    return !before.isEmpty()
        && !NO_NOUN.contains(before)
        && List.of("a", "an").contains(earlier.substring(from).toLowerCase(java.util.Locale.ROOT));
  }

  /** "per" and what follows a slash, as in "$5/kg" and "9,99 €/Monat". */
  String per(String written) {
    return names.per(written);
  }
}
