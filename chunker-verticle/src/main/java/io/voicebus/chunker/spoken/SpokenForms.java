package io.voicebus.chunker.spoken;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Writes out what a voice may read wrongly, in one language: numbers, dates, times, money, units,
 * addresses, formulas and signs. What is not sure stays as it is written. Pure but for ICU's
 * formats, hence not thread-safe.
 */
public final class SpokenForms {
  /** The languages that have forms; texts in others are spoken as they are written. */
  public static final Set<String> LANGUAGES = Set.of("en", "de", "fr", "es", "it", "pt", "nl");

  /**
   * Stands in a formula between a number and the letters that it multiplies, and is not heard: "2k"
   * is no two thousand.
   */
  public static final char PRODUCT = '\u2062';

  /** Numbers with their groups: 1,250.5 or 1.250,5 or 1 250,5 or 1’250. */
  private static final String NUMBER =
      "(?: \\d{1,3}+ (?: [,’'\\h] \\d{3} (?!\\p{N}) )++ (?: \\.\\d{1,9}+ )?+"
          + " | \\d{1,3}+ (?: [.’'\\h] \\d{3} (?!\\p{N}) )++ (?: ,\\d{1,9}+ )?+"
          + " | \\d{1,30}+ (?: [.,]\\d{1,9}+ )?+ )";

  /** The longest short form that ends with a full stop, in letters. */
  private static final int MAX_SHORT = 5;

  /** Short forms without a stop: "vs", "Dr", "kWh". */
  private static final Pattern BARE_SHORT =
      Pattern.compile(
          "(?<!\\p{L})(?:vs|[DJS]rs?|[MS]t|Mmes?|Mlle|kWh|WWI|Ste|Pr|Me|Mgr|Cie|[Bb]d|[YQ]oY?Q?|Hbf)(?![\\p{L}.])|(?<!\\p{L})(?:[Ss]cene|[Aa]ct|[Cc]hapter|[Pp]art|[Bb]ook|[Vv]olume)\\h[ivx]{1,6}(?!\\p{L})");

  private final Rules rules = new Rules();

  /** For a language of {@link #LANGUAGES}. */
  public SpokenForms(String code) {
    Language language = new Language(code);
    rules.define("B", "(?= [\\p{Nd}T+−±~≈-] ) (?<![\\p{L}\\p{N}_]) (?<!\\p{N}[.,])");
    rules.define("E", "(?![\\p{L}\\p{Nd}_&&[^ⁿ]]) (?![.,]\\p{N})");
    rules.define("N", number(code));
    rules.define("N1", "\\d{1,9}");
    rules.define("MONTHS", language.words().anyOf("months"));
    Dates.define(rules, language);
    Plain.signs(rules, language);
    Formulas.products(rules, language);
    Chemistry.add(rules, language);
    Doses.add(rules, language);
    References.add(rules, language);
    CommandLines.add(rules, language);
    Games.add(rules, language);
    Chess.add(rules, language);
    Streets.add(rules, language);
    ShortForms.add(rules, language);
    Addresses.add(rules, language);
    Units units = Units.add(rules, language);
    Verses.add(rules, language);
    Codes.hexadecimal(rules, language);
    Coordinates.add(rules, language);
    Times.add(rules, language);
    Dates.add(rules, language);
    Telephones.add(rules, language);
    Versions.add(rules, language);
    Latex.dollars(rules);
    Money.add(rules, language, units);
    Plain.points(rules, language);
    Temperatures.add(rules, language);
    Ratios.add(rules, language);
    Ordinals.add(rules, language);
    units.add(rules);
    Years.add(rules, language);
    Numerals.add(rules, language);
    Ratios.words(rules);
    Bars.add(rules, language);
    Formulas.add(rules, language);
    Plain.add(rules, language);
    Remainder.add(rules, language);
  }

  /** In English a comma parts groups and a full stop decimals; in the others it is the reverse. */
  private static String number(String code) {
    return code.equals("en")
        // "1,00,000": lakhs
        ? "(?: \\d{1,2}+ (?: ,\\d\\d (?!\\d) ){1,5}+ ,\\d{3} (?!\\p{N}) (?: \\.\\d{1,9}+ )?+ | "
            + NUMBER.substring("(?:".length())
        : "(?: \\d{1,3}+ , \\d{3} \\. \\d\\d (?!\\p{N}) |" // "1,250.50" is sure everywhere
            + NUMBER
                .replace("[,’'\\h] \\d{3}", "[,] \\d{3}")
                .replace("++ (?: \\.", "{2,4}+ (?: \\.")
                .substring("(?:".length());
  }

  /** The words for a text, and which part of the text each part of them says. */
  public SaidText say(String text) {
    return concern(text) ? rules.apply(text) : SaidText.same(text);
  }

  /** A text as it is written, without the marks that this module has put into it. */
  public static SaidText asWritten(String text) {
    List<SaidText.Edit> edits = new ArrayList<>();
    StringBuilder said = new StringBuilder();
    int from = 0;
    for (int at = text.indexOf(PRODUCT); at >= 0; at = text.indexOf(PRODUCT, from)) {
      said.append(text, from, at);
      edits.add(new SaidText.Edit(at, at + 1, said.length(), said.length()));
      from = at + 1;
    }
    return edits.isEmpty()
        ? SaidText.same(text)
        : new SaidText(said.append(text.substring(from)).toString(), edits);
  }

  /** Whether a text may need forms in any language; any other text is said as it is. */
  public static boolean concern(String text) {
    return (isNeeded(text) || BARE_SHORT.matcher(text).find()) && isLatin(text);
  }

  /** Compiles all that may be needed, so that no text waits for it. */
  public void prepare() {
    rules.patterns();
  }

  /** The patterns of all rules, for the test that bounds their work. */
  List<Pattern> patterns() {
    return rules.patterns();
  }

  /** Whether a text has anything that the rules look for: most chunks have not. */
  static boolean isNeeded(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      char next = i + 1 < text.length() ? text.charAt(i + 1) : ' ';
      int type = Character.getType(c);
      boolean afterBlank = i == 0 || " -".indexOf(text.charAt(i - 1)) >= 0;
      boolean numeral = afterBlank && "IVXLC".indexOf(c) >= 0;
      boolean address =
          (c == '.' || c == '–' || c == '‑' || c == ':' || c == '/' || c == '\\')
              && next != ' '
              && Character.isLetterOrDigit(next);
      boolean number =
          type == Character.OTHER_NUMBER
              || type == Character.MODIFIER_LETTER
              || type == Character.LETTER_NUMBER
              || type == Character.DECIMAL_DIGIT_NUMBER;
      boolean sign =
          type == Character.MATH_SYMBOL
              || type == Character.CURRENCY_SYMBOL
              || type == Character.OTHER_SYMBOL;
      boolean flag = c == '-' && afterBlank && (next == '-' || Character.isLetter(next));
      boolean greek = c >= 'Α' && c <= 'ω' && !Character.isLetter(next);
      if (number
          || greek
          || numeral
          || flag
          || (c == 'O' && next == '(')
          || address
          || sign
          || (c == '.' && isShort(text, i))
          || "&@/_*%#^\\【[†‡√ⁿₙ·⋅ªº′~".indexOf(c) >= 0) {
        return true;
      }
    }
    return false;
  }

  /** Whether a full stop is within the text, or ends a short word. */
  private static boolean isShort(String text, int stop) {
    int from = stop;
    while (from > 0 && Character.isLetter(text.charAt(from - 1))) {
      from--;
    }
    return stop + 1 < text.length() || stop - from <= MAX_SHORT;
  }

  /** Whether most letters of a text are Latin, so that the language can be one of these. */
  public static boolean isLatin(String text) {
    int other = 0;
    int latin = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isLetter(c)) {
        latin += c < 0x250 ? 1 : 0;
        other += c < 0x250 ? 0 : 1;
      }
    }
    return latin >= other;
  }
}
