package io.voicebus.chunker.spoken;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Roman numerals: cardinal, but ordinal after the names of rulers and popes; a letter never. */
final class Numerals {
  /** A ruler with the numerals so far: "Felipe II, III y ". */
  private static final Pattern CHAIN =
      Pattern.compile(
          "(?<name>\\p{L}[\\p{L}-]{1,20})\\h(?:[IVX]{1,5}(?:,|\\h(?:and|und|et|y|e|en))\\h){1,5}$");

  /** Where these are talked of, "IV" is a way to give a drug. */
  private static final Pattern DOSE =
      Pattern.compile(
          "\\d\\h?(?:m[gLl]|mcg|µg|mEq|units)(?!\\p{L})|(?<!\\p{L})(?:saline|dose|intravenous|infusion|bolus|NaCl)(?!\\p{L})");

  private final Language language;
  private final Set<String> parts;
  private final Rulers rulers;
  private final Set<String> titles;
  private final Set<String> ordinalAfter;

  private Numerals(Language language) {
    this.language = language;
    parts = language.words().set("numeral-cardinal");
    rulers = new Rulers(language);
    ordinalAfter = language.words().set("numeral-ordinal-after");
    titles = language.words().set("titles");
  }

  static void add(Rules rules, Language language) {
    Numerals numerals = new Numerals(language);
    // XIX, LIV, XC, CXL, IX
    rules.define("ROMAN", "(?: (?= [IVXLC] ) C{0,3} (?:XC|XL|L?X{0,3}) (?:IX|IV|V?I{0,3}) )");
    // Ⅶ
    rules.add(
        "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫⅬ",
        "[Ⅰ-Ⅿ]+",
        m -> {
          int value = value(Normalizer.normalize(m.all(), Normalizer.Form.NFKC));
          return value > 0 ? language.small(String.valueOf(value)) : null;
        });
    if (language.is("fr")) {
      // XVIIIe siècle, Ier, XXe et XXIe
      rules.add(
          "IVX",
          "(?<![\\p{L}\\p{N}]) (?= [IVX] ) (?<r> <ROMAN> ) (?: (?<f> ère|re|ʳᵉ ) | er | ᵉʳ | e | ème | ᵉ ) (?! [\\p{L}\\p{N}] )",
          m -> {
            int value = value(m.of("r"));
            // Ier, Iᵉʳ
            boolean first = value == 1 && (m.has("f") || m.all().matches("I(?:er|ᵉʳ)"));
            // "Ve siècle", "Ve République"
            boolean known =
                first
                    || m.of("r").length() > 1
                    || m.after().matches("(?s) (?:siècle|République|arrondissement|millénaire).*");
            return value == 0 || !known
                ? null
                : language
                    .numbers()
                    .ordinal(value, m.has("f") ? "ordinal-feminine" : "ordinal-masculine");
          });
    }
    if (language.is("it")) {
      // "il XIX secolo", "XIX e XX secolo"
      rules.add(
          "IVX",
          "(?<![\\p{L}\\p{N}]) (?= [IVX] ) (?<r> <ROMAN> ) (?= \\h secol[oi] | \\h sec\\. | \\h e \\h (?:il\\h)? <ROMAN> \\h secol )",
          m -> {
            int value = value(m.of("r"));
            return value == 0 ? null : language.numbers().ordinal(value, "ordinal-masculine");
          });
    }
    if (language.is("it")) {
      // "nel XX sec."
      rules.add(
          "s",
          "(?<= (?<![\\p{L}\\p{N}]) [IVX]{1,6} \\h ) sec\\. (?!\\p{L})",
          m -> "secolo" + (m.end() == m.text().length() ? "." : ""));
    }
    if (language.is("es") || language.is("it")) {
      // "s. XXI", "ss. XIX y XX", "sec. XVII"
      rules.add(
          "sS",
          "(?<![\\p{L}\\p{N}.]) (?<s> s{1,2} | [Ss]ec ) \\. (?= \\h [IVX]{1,6} (?![\\p{L}\\p{N}]) )",
          m ->
              (language.is("es") ? "siglo" : m.all().startsWith("S") ? "Secol" : "secol")
                  + (m.of("s").equals("ss")
                      ? (language.is("es") ? "s" : "i")
                      : language.is("it") ? "o" : ""));
    }
    if (language.is("de") || language.is("nl")) {
      // "Der I. Weltkrieg": by the rules below
      rules.add("IVX", "(?<![\\p{L}\\p{N}]) (?<r> <ROMAN> ) \\. (?= \\h \\p{Lu} )", m -> null);
    }
    if (language.is("es") || language.is("it") || language.is("pt")) {
      // "la II Guerra Mundial", "la XX edizione", "à XII edição", "nel III atto", "l'VIII edizione"
      rules.add(
          "IVX",
          "(?<= (?<!\\p{L}) (?: (?i: la|el|il|lo|al|del|della|dello|nel|nella|nello|alla|allo|sulla|sul|dalla|dal|questa|questo|quest|esta|este|nuestra|nuestro|nostra|nostro|sua|suo|su|mi|na|no|da|do|à|ao|pela|pelo|seu|nesta|neste|desta|deste ) | A | O | a | o ) \\h | (?<!\\p{L}) (?i: l|dell|all|nell|dall|sull ) ['’] ) (?= [IVX] ) (?<r> <ROMAN> ) (?= \\h \\p{L}{4} )",
          m -> {
            int value = value(m.of("r"));
            return value == 0 || value > 99
                ? null
                : language.numbers().ordinal(value, numerals.agreeing(m));
          });
    }
    if (language.is("de")) {
      GermanOrdinals ordinals = new GermanOrdinals(language);
      // "Der II. Weltkrieg"
      rules.add(
          "IVX",
          "(?<![\\p{L}\\p{N}]) (?= [IVX] ) (?<r> <ROMAN> ) \\. (?= \\h (?<noun> Weltkrieg|Weltkriegs|Weltkrieges|Abschnitt|Teil|Akt|Kapitel|Quartal|Liga|Internationale|Republik|Programm|Korps|Armee ) )",
          m -> value(m.of("r")) == 0 ? null : ordinals.say(value(m.of("r")), m, m.of("noun")));
    }
    // Phase-III-Studie
    rules.add(
        "IVX",
        "(?<= \\p{L}{2} - ) (?= [IVX] ) (?<r> <ROMAN> ) (?= - \\p{L}{2} )",
        m -> value(m.of("r")) == 0 ? null : language.small(String.valueOf(value(m.of("r")))));
    if (language.is("fr")) {
      // "au XIIe s.,"
      rules.add(
          "s",
          "(?<= (?<!\\p{L}) [IVX]{1,6} (?: e|ᵉ|ème ) \\h ) s\\. (?!\\p{L})",
          m -> "siècle" + (m.end() == m.text().length() ? "." : ""));
    }
    if (language.is("en")) {
      // WWII
      rules.add(
          "W",
          "(?<![\\p{L}\\p{N}]) WW (?<r> I{1,2} ) (?! [\\p{L}\\p{N}] )",
          m -> "World War " + (m.of("r").length() == 1 ? "One" : "Two"));
      // "the XXXIII Olympiad"
      rules.add(
          "IVX",
          "(?= [IVX]{2} ) (?<= (?<!\\p{L}) [Tt]he \\h ) (?<r> <ROMAN> ) (?= \\h (?: Olympiad|Olympic|Winter|Corps|Army|Legion|Dynasty|Congress|Congregation|Symposium|International|Biennale ) (?!\\p{L}) )",
          m -> language.numbers().ordinal(value(m.of("r")), "ordinal"));
      // "Act III, Scene ii"
      rules.add(
          "ivx",
          "(?= [ivx] ) (?<= (?<!\\p{L}) (?i: scene|act|chapter|part|section|book|volume|appendix ) \\h ) (?<r> x{0,3} (?: ix|iv|v?i{0,3} ) ) (?! [\\p{L}\\p{N}_-] | ['’.]\\p{L} )",
          m -> language.small(String.valueOf(value(m.of("r").toUpperCase(Locale.ROOT)))));
    }
    // Henry VIII, Chapter IV, Final Fantasy VII, siglo XVI
    rules.add(
        "IVXLC",
        "(?= [IVXLC] ) (?<= \\h ) (?<= (?<![\\p{L}\\p{N}]) (?: \\p{L}[\\p{L}'’.-]{1,24} ) \\h ) (?<r> <ROMAN> ) (?<dot> \\. (?= \\h \\p{Ll} | ,) )? (?<s> ['’]s (?!\\p{L}) )? (?! [\\p{L}\\p{N}_-] | ['’.]\\p{L} )",
        numerals::say);
    // "XIX e XX", "Felipe II, III y IV": after one that was said
    rules.add(
        "IVX",
        "(?= [IVX] ) (?<= (?: [IVX]{1,5} ) (?: \\h (?: and|und|et|y|e|en|to|bis|a|à|or|o ) | , ) \\h ) (?<r> <ROMAN> ) (?! [\\p{L}\\p{N}_-] | ['’.]\\p{L} )",
        numerals::next);
    // "siglos XII-XIII"
    rules.add(
        "IVX",
        "(?<= \\p{L}{3} \\h ) (?= [IVX] ) (?<a> <ROMAN> ) [-–] (?= [IVX] ) (?<b> <ROMAN> ) (?! [\\p{L}\\p{N}_-] )",
        numerals::range);
  }

  /** The forms of an ordinal before a noun: the word before it tells the gender, or the noun. */
  private String agreeing(Match m) {
    String before = m.wordBefore().toLowerCase(Locale.ROOT);
    boolean elided = before.isEmpty() || before.equals("su") || before.equals("mi");
    boolean feminine =
        elided
            ? language.nouns().of(m.wordAfter()) == Numbers.Gender.FEMININE
            : before.endsWith("a") || before.equals("à");
    if (feminine) {
      return "ordinal-feminine";
    }
    return language.is("es") ? "ordinal-masculine-adjective" : "ordinal-masculine";
  }

  private @Nullable String next(Match m) {
    int value = value(m.of("r"));
    Matcher chain = CHAIN.matcher(m.before());
    String name = chain.find() ? chain.group("name") : "";
    if (value > 0 && rulers.have(name)) {
      return rulers.say(value, name, m);
    }
    boolean sure = value > 0 && m.of("r").length() > 1 && !m.before().endsWith(", ");
    return sure ? language.small(String.valueOf(value)) : null;
  }

  private @Nullable String range(Match m) {
    int first = value(m.of("a"));
    int last = value(m.of("b"));
    boolean sure = first > 0 && last > first && m.of("a").length() + m.of("b").length() > 3;
    String to = language.to(m);
    return sure
        ? language.small(String.valueOf(first))
            + " "
            + (to.isEmpty() ? "" : to + " ")
            + language.small(String.valueOf(last))
        : null;
  }

  private @Nullable String say(Match m) {
    String numeral = m.of("r");
    int value = value(numeral);
    String before = m.before().stripTrailing();
    int from = Math.max(before.lastIndexOf(' '), before.lastIndexOf('\u00A0')) + 1;
    // "(Felipe II", "l'Enrico IV"
    String word = before.substring(from).replaceFirst("^(?:[^\\p{L}]+|\\p{L}{1,4}['’])", "");
    boolean genitive =
        language.is("de")
            && word.endsWith("s")
            && rulers.haveKing(word.substring(0, word.length() - 1));
    if (ordinalAfter.contains(word)) {
      return value == 0 ? null : language.numbers().ordinal(value, "ordinal-masculine");
    }
    boolean part = isPart(word) || isSmallPart(word, numeral);
    boolean capital = !word.isEmpty() && Character.isUpperCase(word.charAt(0));
    boolean titled = titles.contains(wordBefore(before, from));
    boolean ruler = rulers.have(word) || (titled && capital);
    if (value == 0 || (numeral.length() == 1 && !part && !ruler && !genitive)) {
      return null;
    }
    if (genitive
        && !numeral.equals("I")
        && (numeral.length() > 1 || m.has("dot") || m.after().startsWith("."))) {
      return rulers.say(value, word, m);
    }
    if (numeral.length() == 1 && ruler && !part && "CLD".contains(numeral)) {
      return null;
    }
    boolean lettered = List.of("Schedule", "Appendix", "Section", "Class", "Type").contains(word);
    if (lettered && "CLD".contains(numeral)) {
      return null; // "Schedule C"
    }
    if (!part && !ruler && (!capital || isWordBefore(m, word, numeral))) {
      return null;
    }
    // "Henry I am", "Richard I was"
    if (numeral.equals("I")
        && ruler
        && !titled
        && m.wordAfter().matches("am|was|have|think|will|would|do")) {
      return null;
    }
    String possessive = m.has("s") ? "'s" : "";

    return (ruler ? rulers.say(value, word, m) : language.small(String.valueOf(value)))
        + possessive;
  }

  static String wordBefore(String text, int end) {
    String before = text.substring(0, end).stripTrailing();
    return before.substring(before.lastIndexOf(' ') + 1);
  }

  /** A word of the list, whether or not it begins a sentence or a title. */
  private boolean isPart(String word) {
    return parts.contains(word)
        || (!language.is("en")
            && !word.isEmpty()
            && (parts.contains(Character.toUpperCase(word.charAt(0)) + word.substring(1))
                || parts.contains(word.toLowerCase(Locale.ROOT))));
  }

  /** "chapter I", but not "the part I like". */
  private boolean isSmallPart(String word, String numeral) {
    if (!language.is("en") || word.isEmpty()) {
      return false;
    }
    String name = Character.toUpperCase(word.charAt(0)) + word.substring(1);
    boolean clear =
        Set.of("chapter", "volume", "act", "scene", "section", "phase", "appendix", "article")
            .contains(word);
    return parts.contains(name) && (clear || !numeral.equals("I"));
  }

  /** "Give IV fluids", "Vitamin C", "Size XL", "Mr. C": letters, not numerals. */
  private boolean isWordBefore(Match m, String word, String numeral) {
    String next = m.wordAfter();
    if (word.endsWith(".")) {
      return true;
    }
    if (Set.of(
            "The", "An", "Size", "Größe", "Taille", "Talla", "Taglia", "Maat", "Tamanho", "Use",
            "Give", "Start", "Get", "In", "On", "No", "And", "Or", "For", "With")
        .contains(word)) {
      return true;
    }
    if (numeral.equals("XL")
        || numeral.equals("XXL")
        || numeral.equals("CD")
        || numeral.equals("CC")) {
      return true;
    }
    return numeral.equals("IV")
        && (DOSE.matcher(m.text()).find()
            || Set.of(
                    "fluids",
                    "fluid",
                    "drip",
                    "line",
                    "lines",
                    "infusion",
                    "therapy",
                    "access",
                    "catheter",
                    "antibiotics")
                .contains(next));
  }

  /** What a numeral is worth; 0 for none. */
  static int value(String numeral) {
    int value = 0;
    for (int i = 0; i < numeral.length(); i++) {
      int digit = digit(numeral.charAt(i));
      boolean less = i + 1 < numeral.length() && digit < digit(numeral.charAt(i + 1));
      value += less ? -digit : digit;
    }
    return value;
  }

  private static int digit(char c) {
    return switch (c) {
      case 'I' -> 1;
      case 'V' -> 5;
      case 'X' -> 10;
      case 'L' -> 50;
      case 'C' -> 100;
      case 'D' -> 500;
      case 'M' -> 1000;
      default -> 0;
    };
  }
}
