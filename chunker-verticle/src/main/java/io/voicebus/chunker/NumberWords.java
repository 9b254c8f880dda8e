package io.voicebus.chunker;

import com.ibm.icu.number.LocalizedNumberFormatter;
import com.ibm.icu.number.NumberFormatter;
import com.ibm.icu.number.NumberFormatter.UnitWidth;
import com.ibm.icu.text.DecimalFormatSymbols;
import com.ibm.icu.text.RuleBasedNumberFormat;
import com.ibm.icu.util.Currency;
import com.ibm.icu.util.MeasureUnit;
import com.ibm.icu.util.ULocale;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers and units in the words of one language, from ICU's rule-based number formats. Not
 * thread-safe.
 */
final class NumberWords {
  /** Longer numbers are read digit by digit: nobody follows more than millions of billions. */
  private static final int MAX_DIGITS = 15;

  private final RuleBasedNumberFormat format;
  private final List<String> ruleSets;
  private final LocalizedNumberFormatter plain;
  private final Map<MeasureUnit, LocalizedNumberFormatter> formatters = new HashMap<>();
  private final char decimal;
  private final char grouping;

  NumberWords(String language) {
    ULocale locale = ULocale.forLanguageTag(language);
    format = new RuleBasedNumberFormat(locale, RuleBasedNumberFormat.SPELLOUT);
    ruleSets = List.of(format.getRuleSetNames());
    plain = NumberFormatter.withLocale(locale).unitWidth(UnitWidth.FULL_NAME);
    DecimalFormatSymbols symbols = DecimalFormatSymbols.getInstance(locale);
    decimal = symbols.getDecimalSeparator();
    grouping = symbols.getGroupingSeparator();
  }

  /** A number as it is written, with the separators of the language or of English. */
  String number(String written) {
    String digits = written.replaceAll("[\\s\u00A0\u202F'’]", "");
    int last = Math.max(digits.lastIndexOf('.'), digits.lastIndexOf(','));
    if (last >= 0 && isDecimal(digits, last)) {
      String whole = digits.substring(0, last).replaceAll("[.,]", "");
      return decimals(whole, digits.substring(last + 1));
    }
    return whole(digits.replaceAll("[.,]", ""));
  }

  /**
   * Whether the last separator is one of decimals: the language's own, or not before three digits.
   */
  private boolean isDecimal(String digits, int last) {
    char mark = digits.charAt(last);
    boolean alone = digits.indexOf(mark) == last;
    boolean three = digits.length() - last - 1 == 3;
    boolean zero = digits.startsWith("0");
    return alone && (mark == decimal || zero || !three || (mark != grouping && grouping < 0x7F));
  }

  private String whole(String digits) {
    boolean code = digits.length() > MAX_DIGITS || (digits.startsWith("0") && digits.length() > 1);
    return code ? digits(digits) : clean(format.format(Long.parseLong(digits)));
  }

  private String decimals(String whole, String part) {
    if (whole.length() + part.length() > MAX_DIGITS) {
      return digits(whole) + " " + digits(part);
    }
    String point = point();
    return (whole.isEmpty() ? clean(format.format(0)) : whole(whole))
        + " "
        + point
        + " "
        + digits(part);
  }

  /** The word between a number and its decimals: what is left of "zero point five". */
  private String point() {
    String[] words = clean(format.format(0.5)).split(" ", -1);
    return words.length > 1 ? words[1] : ",";
  }

  /** Each digit on its own. */
  String digits(String digits) {
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < digits.length(); i++) {
      words
          .append(i == 0 ? "" : " ")
          .append(clean(format.format(Character.digit(digits.charAt(i), 10))));
    }
    return words.toString();
  }

  String year(int year) {
    return in("numbering-year", year);
  }

  /** An ordinal number by a rule set of ICU's, named without its {@code %spellout-}. */
  String ordinal(long number, String ruleSet) {
    return in(ruleSet, number);
  }

  private String in(String ruleSet, long number) {
    String name = "%spellout-" + ruleSet;
    return clean(ruleSets.contains(name) ? format.format(number, name) : format.format(number));
  }

  /** The number with a unit's name, as "50 percent"; the number stays in digits. */
  String unit(String written, MeasureUnit unit) {
    return formatter(unit).format(value(written)).toString();
  }

  /** The plural or singular name of a currency that goes with an amount. */
  String currency(String written, String code) {
    return formatter(Currency.getInstance(code))
        .format(value(written))
        .toString()
        .replaceAll("[\\d.,\u00A0\u202F]+", " ")
        .strip();
  }

  /** Kept, since making one takes ICU a tenth of a millisecond. */
  private LocalizedNumberFormatter formatter(MeasureUnit unit) {
    return formatters.computeIfAbsent(unit, plain::unit);
  }

  /** What a written number is worth; 2 for what is no number, since that takes the plural. */
  private BigDecimal value(String written) {
    String digits = written.replaceAll("[\\s\u00A0\u202F'’]", "");
    int last = Math.max(digits.lastIndexOf('.'), digits.lastIndexOf(','));
    boolean decimals = last >= 0 && isDecimal(digits, last);
    String whole = (decimals ? digits.substring(0, last) : digits).replaceAll("[.,]", "");
    try {
      return new BigDecimal(decimals ? whole + "." + digits.substring(last + 1) : whole);
    } catch (NumberFormatException e) {
      return BigDecimal.valueOf(2);
    }
  }

  /** ICU puts soft hyphens into long words. */
  private static String clean(String words) {
    return words.replace("\u00AD", "");
  }
}
