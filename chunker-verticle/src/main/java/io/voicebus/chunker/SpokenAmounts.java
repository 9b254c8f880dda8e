package io.voicebus.chunker;

import com.ibm.icu.util.MeasureUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Amounts of money and of other units, as one language says them. */
final class SpokenAmounts {
  private static final Map<String, String> CURRENCIES =
      Map.of(
          "$", "USD", "US$", "USD", "R$", "BRL", "€", "EUR", "£", "GBP", "¥", "JPY", "₹", "INR",
          "EUR", "EUR", "USD", "USD");

  private static final String SIGNS = "US\\$|R\\$|[$€£¥₹]";

  private static final Map<String, MeasureUnit> UNITS =
      Map.ofEntries(
          Map.entry("%", MeasureUnit.PERCENT),
          Map.entry("°C", MeasureUnit.CELSIUS),
          Map.entry("°F", MeasureUnit.FAHRENHEIT),
          Map.entry("°", MeasureUnit.DEGREE),
          Map.entry("km/h", MeasureUnit.KILOMETER_PER_HOUR),
          Map.entry("mph", MeasureUnit.MILE_PER_HOUR),
          Map.entry("m/s", MeasureUnit.METER_PER_SECOND),
          Map.entry("km²", MeasureUnit.SQUARE_KILOMETER),
          Map.entry("m²", MeasureUnit.SQUARE_METER),
          Map.entry("m³", MeasureUnit.CUBIC_METER),
          Map.entry("km", MeasureUnit.KILOMETER),
          Map.entry("cm", MeasureUnit.CENTIMETER),
          Map.entry("mm", MeasureUnit.MILLIMETER),
          Map.entry("m", MeasureUnit.METER),
          Map.entry("kg", MeasureUnit.KILOGRAM),
          Map.entry("mg", MeasureUnit.MILLIGRAM),
          Map.entry("g", MeasureUnit.GRAM),
          Map.entry("ml", MeasureUnit.MILLILITER),
          Map.entry("l", MeasureUnit.LITER),
          Map.entry("kWh", MeasureUnit.KILOWATT_HOUR),
          Map.entry("kW", MeasureUnit.KILOWATT),
          Map.entry("MW", MeasureUnit.MEGAWATT),
          Map.entry("W", MeasureUnit.WATT),
          Map.entry("V", MeasureUnit.VOLT),
          Map.entry("GHz", MeasureUnit.GIGAHERTZ),
          Map.entry("MHz", MeasureUnit.MEGAHERTZ),
          Map.entry("kHz", MeasureUnit.KILOHERTZ),
          Map.entry("Hz", MeasureUnit.HERTZ),
          Map.entry("TB", MeasureUnit.TERABYTE),
          Map.entry("GB", MeasureUnit.GIGABYTE),
          Map.entry("MB", MeasureUnit.MEGABYTE),
          Map.entry("KB", MeasureUnit.KILOBYTE),
          Map.entry("kB", MeasureUnit.KILOBYTE),
          Map.entry("ms", MeasureUnit.MILLISECOND),
          Map.entry("lb", MeasureUnit.POUND),
          Map.entry("lbs", MeasureUnit.POUND),
          Map.entry("oz", MeasureUnit.OUNCE),
          Map.entry("ft", MeasureUnit.FOOT),
          Map.entry("kcal", MeasureUnit.KILOCALORIE));

  private final SpokenWords words;
  private final NumberWords numbers;
  private final String number;

  /**
   * For one language.
   *
   * @param number a pattern with one group: a number
   */
  SpokenAmounts(SpokenWords words, NumberWords numbers, String number) {
    this.words = words;
    this.numbers = numbers;
    this.number = number;
  }

  /** "$29.50", "1.250,50 €", "$5.5 million". */
  void money(SpokenRules rules) {
    List<String> names = new ArrayList<>(words.list("scale"));
    names.addAll(suffixes().keySet());
    String scales =
        names.stream()
            .sorted((a, b) -> b.length() - a.length())
            .map(Pattern::quote)
            .collect(Collectors.joining("|"));
    String scale = "(?:[ \u00A0]?(" + scales + ")(?![\\p{L}\\d]))?";
    rules.add(
        "(?<![\\w])(" + SIGNS + ")[ \u00A0]?" + number + scale + "(?![\\p{L}\\d%]|[.,]\\d)",
        m -> money(m.group(2), m.group(1), m.group(3)));
    rules.add(
        SpokenForms.START + number + scale + "[ \u00A0]?(" + SIGNS + "|EUR|USD)(?!\\w)",
        m -> money(m.group(1), m.group(3), m.group(2)));
  }

  /** Short forms of scales, each with what is said: "k", "M", "bn". */
  private Map<String, String> suffixes() {
    return words.list("suffix").stream()
        .map(entry -> entry.split(":", -1))
        .collect(Collectors.toMap(entry -> entry[0], entry -> entry[1]));
  }

  private String money(String amount, String sign, String scale) {
    String code = CURRENCIES.getOrDefault(sign, "USD");
    if (scale != null) {
      String said = suffixes().getOrDefault(scale, scale);
      return numbers.number(amount) + " " + said + " " + currency("2", code);
    }
    int mark = Math.max(amount.lastIndexOf('.'), amount.lastIndexOf(','));
    if (mark < 0 || amount.length() - mark != 3) {
      return numbers.number(amount) + " " + currency(amount, code);
    }
    String whole = amount.substring(0, mark);
    String part = amount.substring(mark + 1);
    String said = numbers.number(whole) + " " + currency(whole, code);
    return part.equals("00") ? said : said + words.between("and") + cents(part, code);
  }

  private String cents(String part, String code) {
    String number = numbers.number(String.valueOf(Integer.parseInt(part)));
    if (!code.equals("USD") && !code.equals("EUR")) {
      return number;
    }
    List<String> names = words.list("cent");
    return number + " " + names.get(part.equals("01") ? 0 : 1);
  }

  private String currency(String amount, String code) {
    if (code.equals("USD")) {
      return words.list("dollar").get(amount.equals("1") ? 0 : 1);
    }
    return numbers.currency(amount, code);
  }

  /** "5 km", "10–20 km", "50%". */
  void units(SpokenRules rules) {
    String names =
        UNITS.keySet().stream()
            .sorted((a, b) -> b.length() - a.length())
            .map(Pattern::quote)
            .collect(Collectors.joining("|"));
    rules.add(
        SpokenForms.START + number + "[-–]" + number + "[ \u00A0]?(" + names + ")(?![\\w²³/])",
        m -> numbers.number(m.group(1)) + words.between("to") + unit(m.group(2), m.group(3)));
    rules.add(
        SpokenForms.START + number + "[ \u00A0]?(" + names + ")(?![\\w²³/])",
        m -> unit(m.group(1), m.group(2)));
  }

  private String unit(String number, String name) {
    String said = numbers.unit(number, UNITS.getOrDefault(name, MeasureUnit.PERCENT));
    return Pattern.compile("\\d[\\d.,\u00A0\u202F]*")
        .matcher(said)
        .replaceFirst(Matcher.quoteReplacement(numbers.number(number) + " "));
  }
}
