package io.voicebus.chunker.spoken;

import com.ibm.icu.number.FormattedNumber;
import com.ibm.icu.number.LocalizedNumberFormatter;
import com.ibm.icu.number.NumberFormatter;
import com.ibm.icu.number.NumberFormatter.UnitWidth;
import com.ibm.icu.text.RuleBasedNumberFormat;
import com.ibm.icu.util.Currency;
import com.ibm.icu.util.MeasureUnit;
import com.ibm.icu.util.ULocale;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Numbers and units in the words of one language, from ICU's rule-based number formats. Not
 * thread-safe.
 */
final class Numbers {
  /** What a number bends with. {@link #NONE}: it stands alone, as in counting. */
  enum Gender {
    NONE,
    MASCULINE,
    FEMININE,
    NEUTER,
    /** It bends with something, and nobody knows how. */
    UNKNOWN
  }

  /** A number as it is written, taken apart. */
  record Written(String whole, String decimals) {
    BigDecimal value() {
      return new BigDecimal(decimals.isEmpty() ? whole : whole + "." + decimals);
    }

    boolean isOne() {
      return whole.equals("1") && decimals.isEmpty();
    }
  }

  /** Longer numbers are read digit by digit: nobody follows more than millions of billions. */
  private static final int MAX_DIGITS = 15;

  /** Dutch writes a blank after "duizend". */
  private static final Pattern AFTER_THOUSAND = Pattern.compile("duizend(?=\\p{L})");

  private static final Pattern NO_DIGIT = Pattern.compile("[\\h'’]");

  /** The "1,5" of "1,5 Kilometer". */
  private static final Pattern AMOUNT = Pattern.compile("[\\d.,\u00A0\u202F]+");

  private final String language;
  private final ULocale locale;
  private final RuleBasedNumberFormat format;
  private final List<String> ruleSets;
  private final LocalizedNumberFormatter plain;
  private final Map<String, LocalizedNumberFormatter> formatters = new HashMap<>();
  private final String point;
  private final boolean decimalsAsNumber;

  Numbers(String language) {
    this.language = language;
    locale = ULocale.forLanguageTag(language.equals("pt") ? "pt-BR" : language);
    format = new RuleBasedNumberFormat(locale, RuleBasedNumberFormat.SPELLOUT);
    ruleSets = List.of(format.getRuleSetNames());
    plain = NumberFormatter.withLocale(locale).unitWidth(UnitWidth.FULL_NAME);
    point = clean(format.format(0.5)).split(" ", -1)[1];
    decimalsAsNumber = List.of("fr", "es", "it", "pt", "nl").contains(language);
  }

  /**
   * Takes a number apart that is written with the marks of the language or of English: "1.250,5" in
   * German, "1,250.5" in any.
   */
  Written read(String written) {
    String digits = NO_DIGIT.matcher(written).replaceAll("");
    int last = Math.max(digits.lastIndexOf('.'), digits.lastIndexOf(','));
    if (last < 0 || !isDecimal(digits, last)) {
      return new Written(digits.replaceAll("[.,]", ""), "");
    }
    return new Written(
        digits.substring(0, last).replaceAll("[.,]", ""), digits.substring(last + 1));
  }

  /** An amount of a currency that has no more than two decimals: "18,000" are thousands. */
  Written readMoney(String written) {
    Written number = read(written);
    boolean group = number.decimals().length() == 3 && !number.whole().startsWith("0");
    return group ? new Written(number.whole() + number.decimals(), "") : number;
  }

  private boolean isDecimal(String digits, int last) {
    char mark = digits.charAt(last);
    boolean alone = digits.indexOf(mark) == last;
    boolean other = digits.indexOf(mark == '.' ? ',' : '.') >= 0;
    boolean own = mark == (language.equals("en") ? '.' : ',');
    boolean three = digits.length() - last - 1 == 3 && last <= 3 && digits.charAt(0) != '0';
    // "18,000": no decimal has three zeros
    boolean group = three && digits.endsWith("000") && !language.equals("en");
    return alone && (other || (own && !group) || !three);
  }

  /** A number as it is written, in words, bending with nothing. */
  String say(String written) {
    return say(read(written), Gender.NONE);
  }

  /** A number in words. */
  String say(Written number, Gender gender) {
    String whole = whole(number.whole(), number.decimals().isEmpty() ? gender : Gender.NONE);
    return number.decimals().isEmpty()
        ? whole
        : whole + " " + point + " " + decimals(number.decimals());
  }

  private String whole(String digits, Gender gender) {
    boolean code = digits.length() > MAX_DIGITS || (digits.startsWith("0") && digits.length() > 1);
    return code ? digits(digits) : cardinal(Long.parseLong(digits), gender);
  }

  private String decimals(String digits) {
    if (!decimalsAsNumber || digits.length() > 2) {
      return digits(digits);
    }
    boolean zero = digits.length() > 1 && digits.startsWith("0");
    String rest = cardinal(Long.parseLong(digits), Gender.NONE);
    return !zero ? rest : digits.equals("00") ? digits(digits) : digit('0') + " " + rest;
  }

  /** A whole number in words. */
  String cardinal(long number, Gender gender) {
    if (language.equals("nl") && number >= 1100 && number < 10_000 && number % 1000 >= 100) {
      long rest = number % 100;
      return cardinal(number / 100, Gender.NONE)
          + "honderd"
          + (rest == 0 ? "" : cardinal(rest, Gender.NONE));
    }
    String set =
        switch (gender) {
          case MASCULINE -> "cardinal-masculine";
          case FEMININE -> "cardinal-feminine";
          case NEUTER -> "cardinal-neuter";
          case NONE, UNKNOWN -> "numbering";
        };
    if (language.equals("it") && number != 1) {
      set = "numbering"; // "ventuno persone"
    }
    if (language.equals("nl") && number == 1) {
      return gender == Gender.NONE ? "één" : "een";
    }
    String said = in(set, number);
    if (language.equals("nl")) {
      return AFTER_THOUSAND.matcher(said).replaceFirst("duizend ");
    }
    return said;
  }

  /** Each digit on its own; other characters are left out. */
  String digits(String digits) {
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < digits.length(); i++) {
      if (Character.isDigit(digits.charAt(i))) {
        words.append(words.isEmpty() ? "" : " ").append(digit(digits.charAt(i)));
      }
    }
    return words.toString();
  }

  private String digit(char digit) {
    String said = clean(format.format(Character.digit(digit, 10), "%spellout-numbering"));
    return language.equals("nl") && digit == '1' ? "één" : said;
  }

  /** A year; from 1100 to 1999 by hundreds where the language does so. */
  String year(int year) {
    boolean hundreds = year >= 1010 && year < 2000;
    if (language.equals("nl") && hundreds) {
      return cardinal(year, Gender.NONE);
    }
    if (language.equals("en") && year % 100 != 0 && year % 100 < 10 && hundreds) {
      return cardinal(year / 100, Gender.NONE) + " oh " + cardinal(year % 100, Gender.NONE);
    }
    boolean own = language.equals("en") || (language.equals("de") && hundreds);
    return own ? in("numbering-year", year) : cardinal(year, Gender.NONE);
  }

  /** An ordinal number by a rule set of ICU's, named without its {@code %spellout-}. */
  String ordinal(long number, String ruleSet) {
    return in(ruleSet, number);
  }

  private String in(String ruleSet, long number) {
    String name = "%spellout-" + ruleSet;
    String said =
        clean(ruleSets.contains(name) ? format.format(number, name) : format.format(number));
    return language.equals("fr")
        ? said.replace("quatre-vingt-et-", "quatre-vingt-") // an error of ICU 78
        : said;
  }

  /**
   * A number with the name of a unit.
   *
   * @param unit ICU's identifier: "kilometer-per-hour"
   */
  String unit(Written number, String unit) {
    FormattedNumber formatted = formatter(unit).format(number.value());
    Gender gender =
        switch (formatted.getNounClass()) {
          case FEMININE -> Gender.FEMININE;
          case NEUTER -> Gender.NEUTER;
          default -> Gender.MASCULINE;
        };
    String words = say(number, gender);
    if (language.equals("it") && number.isOne() && gender == Gender.FEMININE) {
      return AMOUNT
          .matcher(formatted.toString())
          .replaceFirst("una ")
          .replaceAll(" {2,}", " ")
          .replaceFirst("^una (?=[aeiou])", "un'")
          .strip();
    }
    return AMOUNT
        .matcher(formatted.toString())
        .replaceFirst(words + " ")
        .replaceAll(" {2,}", " ")
        .strip();
  }

  /** The name of a currency by its ISO code, of one or of several. */
  String currency(String code, boolean one) {
    return Currency.getInstance(code)
        .getName(locale, Currency.PLURAL_LONG_NAME, one ? "one" : "other", null);
  }

  /** The gender of a unit. */
  Gender unitGender(String unit) {
    return switch (formatter(unit).format(2).getNounClass()) {
      case FEMININE -> Gender.FEMININE;
      case NEUTER -> Gender.NEUTER;
      default -> Gender.MASCULINE;
    };
  }

  /** The name of a unit for so many. */
  String unitName(String unit, Written number) {
    return AMOUNT
        .matcher(formatter(unit).format(number.value()).toString())
        .replaceFirst("")
        .strip();
  }

  /** Kept, since making one takes ICU a tenth of a millisecond. */
  private LocalizedNumberFormatter formatter(String unit) {
    return formatters.computeIfAbsent(unit, id -> plain.unit(MeasureUnit.forIdentifier(id)));
  }

  /** ICU puts soft hyphens into long words, and an accent into the midst of Italian ones. */
  private static String clean(String words) {
    return words.replace("\u00AD", "").replace("trémila", "tremila");
  }
}
