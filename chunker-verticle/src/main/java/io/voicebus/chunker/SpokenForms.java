package io.voicebus.chunker;

import com.ibm.icu.util.MeasureUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes out what a voice may read wrongly: numbers, years, ordinals, money, dates, times, units,
 * telephone numbers, percentages, ranges, addresses, Roman numerals after names, and signs. One
 * language each; pure but for ICU's formats, hence not thread-safe.
 */
final class SpokenForms {
  /** A number that is no part of a word or of another number. */
  private static final String NUMBER =
      "(\\d{1,3}(?:[G]\\d{3})++(?:[.,]\\d{1,9})?|\\d{1,30}+(?:[.,]\\d{1,9})?)";

  private static final String START = "(?<![\\p{L}\\d_]|\\d[.,])";
  private static final String END = "(?![\\p{L}\\d_]|[.,]\\d)";

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

  private static final Pattern ROMAN =
      Pattern.compile(
          "\\b(\\p{Lu}\\p{L}{2,}) ((?:X{1,3}|X?(?:IX|IV|V?I{1,3}|V(?=I)))(?:IX|IV|V?I{0,3}))\\b(?![.']\\p{L})(\\.(?= \\p{Ll}))?");

  private record Rule(Pattern pattern, Function<MatchResult, String> words) {}

  private final SpokenWords words;
  private final NumberWords numbers;
  private final List<String> months;
  private final List<Rule> rules = new ArrayList<>();
  private final String number;

  SpokenForms(String language) {
    number = NUMBER.replace("[G]", language.equals("fr") ? "[ .’']" : "[.,’']");
    words = new SpokenWords(language);
    numbers = new NumberWords(language);
    months = words.list("months");
    addresses();
    rule("(?<![\\w)\\]])[-−](?=\\d{1,12}(?![\\d-]))", m -> word("minus"));
    dates();
    times();
    telephones();
    money();
    units();
    ranges();
    ordinals();
    years();
    numerals();
    plainNumbers();
    signs();
  }

  /** The text with all of this written out; the text itself if there is nothing to do. */
  String say(String text) {
    String said = text;
    for (Rule rule : rules) {
      said = rule.pattern.matcher(said).replaceAll(match -> quote(rule.words.apply(match)));
    }
    return said.equals(text)
        ? text
        : said.replaceAll(" {2,}", " ").replaceAll("(?<=[(\\[“]) ", "").strip();
  }

  private static String quote(String replacement) {
    return replacement.replace("\\", "\\\\").replace("$", "\\$");
  }

  private void rule(String pattern, Function<MatchResult, String> replacement) {
    rules.add(new Rule(Pattern.compile(pattern), replacement));
  }

  private String word(String key) {
    return " " + words.of(key) + " ";
  }

  private void addresses() {
    rule(
        "(?<![\\w.@/-])(?:https?://)?(?:[\\w+-]{1,64}+(?:\\.[\\w+-]{1,64}+){0,8}+@)?(?:[\\w-]{1,63}+\\.){1,8}(?:com|org|net|io|dev|edu|gov|info|app|ai|de|fr|es|it|nl|pt|br|ch|at|uk|eu|us)(?:/[\\w./?=&%#~-]{0,300})?(?<![.?])(?![\\w@])",
        match -> address(match.group()));
  }

  private String address(String address) {
    return address
        .replaceFirst("^https?://", "")
        .replaceFirst("/$", "")
        .replace("@", word("at"))
        .replace(".", word("dot"))
        .replace("/", word("slash"))
        .replaceAll("[-_?=&%#~]+", " ");
  }

  private void dates() {
    rule(
        "(?<![\\d.-])(\\d{4})-(\\d{2})-(\\d{2})(?![\\d-])",
        m -> date(m, m.group(1), m.group(2), m.group(3)));
    String order = words.of("numerics");
    String mark = Pattern.quote(order.substring(1, 2));
    boolean monthFirst = order.startsWith("m");
    rule(
        "(?<![\\d/.-])(\\d{1,2})" + mark + "(\\d{1,2})" + mark + "(\\d{4})(?![\\d/])",
        m -> date(m, m.group(3), m.group(monthFirst ? 1 : 2), m.group(monthFirst ? 2 : 1)));
    String names = months.stream().collect(Collectors.joining("|"));
    if (order.startsWith("m")) {
      rule(
          "\\b(" + names + ") (\\d{1,2})(?:st|nd|rd|th)?(?:, (\\d{4}))?(?![\\d:])",
          m ->
              m.group(1)
                  + " "
                  + numbers.ordinal(Long.parseLong(m.group(2)), words.of("ordinal"))
                  + (m.group(3) == null ? "" : ", " + numbers.year(Integer.parseInt(m.group(3)))));
    }
  }

  private String date(MatchResult match, String year, String month, String day) {
    int number = Integer.parseInt(month);
    int ofMonth = Integer.parseInt(day);
    if (number < 1 || number > 12 || ofMonth < 1 || ofMonth > 31) {
      return match.group();
    }
    String own = words.of("date-ordinal");
    String ordinal = own.isEmpty() ? words.of("ordinal") : own;
    boolean cardinal = ordinal.equals("ordinal-masculine") && ofMonth != 1; // le deux, le premier
    return words
        .of("date")
        .replace("%m", months.get(number - 1))
        .replace(
            "%o",
            cardinal ? numbers.number(String.valueOf(ofMonth)) : numbers.ordinal(ofMonth, ordinal))
        .replace("%y", numbers.year(Integer.parseInt(year)));
  }

  private void times() {
    rule(
        "(?<![\\d:.,])([01]?\\d|2[0-3]):([0-5]\\d)(?::[0-5]\\d)?(?![\\d:])(?: ?([ap])\\.?m\\b(?:\\.(?! *$))?)?(?: Uhr| uur)?",
        match -> {
          int minute = Integer.parseInt(match.group(2));
          String hour = numbers.number(String.valueOf(Integer.parseInt(match.group(1))));
          String half = match.group(3) == null ? "" : " " + match.group(3) + " m";
          if (minute == 0) {
            return half.isEmpty() ? words.of("hour").replace("%h", hour) : hour + half;
          }
          String said = numbers.number(String.valueOf(minute));
          String spoken = minute < 10 ? words.of("smallminute").replace("%m", said) : said;
          return words.of("time").replace("%h", hour).replace("%m", spoken) + half;
        });
    rule("(?<=\\d) ?([ap])\\.?m\\b(?:\\.(?! *$| \\p{Lu}))?", match -> " " + match.group(1) + " m");
  }

  private void telephones() {
    rule(
        "(?<![\\w.,])(?:\\+\\d{1,3}(?:[ -]?\\(?\\d{1,5}\\)?){2,6}|\\(\\d{3}\\) ?\\d{3}-\\d{4}|\\d{3}-\\d{3}-\\d{4})(?![\\w-]|[.,]\\d)",
        match -> {
          String number = match.group();
          String groups =
              Pattern.compile("\\d+")
                  .matcher(number)
                  .results()
                  .map(group -> numbers.digits(group.group()))
                  .collect(Collectors.joining(", "));
          return (number.startsWith("+") ? word("plus") : "") + groups;
        });
  }

  private void money() {
    String scales =
        words.list("scale").stream().map(Pattern::quote).collect(Collectors.joining("|"));
    String scale = "(?:[ \u00A0](" + scales + ")(?![\\p{L}]))?";
    rule(
        "(?<![\\w])(" + SIGNS + ")[ \u00A0]?" + number + scale + "(?![\\d%]|[.,]\\d)",
        m -> money(m.group(2), m.group(1), m.group(3)));
    rule(
        START + number + scale + "[ \u00A0]?(" + SIGNS + "|EUR|USD)(?!\\w)",
        m -> money(m.group(1), m.group(3), m.group(2)));
  }

  private String money(String amount, String sign, String scale) {
    String code = CURRENCIES.getOrDefault(sign, "USD");
    if (scale != null) {
      return numbers.number(amount) + " " + scale + " " + currency("2", code);
    }
    int mark = Math.max(amount.lastIndexOf('.'), amount.lastIndexOf(','));
    if (mark < 0 || amount.length() - mark != 3) {
      return numbers.number(amount) + " " + currency(amount, code);
    }
    String whole = amount.substring(0, mark);
    String part = amount.substring(mark + 1);
    String said = numbers.number(whole) + " " + currency(whole, code);
    return part.equals("00") ? said : said + word("and") + cents(part, code);
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

  private void units() {
    String names =
        UNITS.keySet().stream()
            .sorted((a, b) -> b.length() - a.length())
            .map(Pattern::quote)
            .collect(Collectors.joining("|"));
    rule(
        START + number + "[-–]" + number + "[ \u00A0]?(" + names + ")(?![\\w²³/])",
        m -> numbers.number(m.group(1)) + word("to") + unit(m.group(2), m.group(3)));
    rule(
        START + number + "[ \u00A0]?(" + names + ")(?![\\w²³/])",
        m -> unit(m.group(1), m.group(2)));
  }

  private String unit(String number, String name) {
    String said = numbers.unit(number, UNITS.getOrDefault(name, MeasureUnit.PERCENT));
    return Pattern.compile("\\d[\\d.,\u00A0\u202F]*")
        .matcher(said)
        .replaceFirst(quote(numbers.number(number) + " "));
  }

  private void ranges() {
    rule(
        "(?<![\\w.,-])(1[1-9]\\d\\d|20\\d\\d)[–—-](1[1-9]\\d\\d|20\\d\\d)(?![\\w-])",
        m ->
            numbers.year(Integer.parseInt(m.group(1)))
                + word("to")
                + numbers.year(Integer.parseInt(m.group(2))));
    rule("(?<=(?<![\\w.,-])\\d{1,9})(?:–|—|-)(?=\\d{1,9}(?![\\w-]|[.,]\\d))", m -> word("to"));
  }

  private void ordinals() {
    String ordinal = words.of("ordinal");
    if (words.of("ordinal-suffix").equals(".")) {
      String names = String.join("|", months) + "|Jahrhunderts?|Mal|Platz|Klasse|Stock|Weltkrieg";
      for (String ruleSet : List.of("ordinal-n", "ordinal")) {
        String before = String.join("|", words.list(ruleSet + "-after"));
        rule(
            "(?i)\\b(" + before + ") (\\d{1,2})\\. (?=" + names + ")",
            m -> m.group(1) + " " + numbers.ordinal(Long.parseLong(m.group(2)), ruleSet) + " ");
      }
      rule(
          "(?<![\\w.,])(\\d{1,2})\\. (?=" + names + ")",
          m -> numbers.ordinal(Long.parseLong(m.group(1)), ordinal) + " ");
      return;
    }
    String suffixes =
        words.list("ordinal-suffix").stream()
            .sorted((a, b) -> b.length() - a.length())
            .map(Pattern::quote)
            .collect(Collectors.joining("|"));
    rule(
        "(?<![\\w.,])(\\d{1,6})(" + suffixes + ")(?!\\w)",
        m -> {
          boolean feminine = m.group(2).endsWith("ª") || m.group(2).endsWith("re");
          String ruleSet = feminine ? "ordinal-feminine" : ordinal;
          return numbers.ordinal(Long.parseLong(m.group(1)), ruleSet);
        });
  }

  private void years() {
    List<String> before = words.list("year-after");
    if (!before.isEmpty()) {
      rule(
          "(?i)\\b((?:"
              + String.join("|", before)
              + "),? )(1[1-9]\\d\\d|20\\d\\d)(?![\\w-]|[.,]\\d)",
          m -> m.group(1) + numbers.year(Integer.parseInt(m.group(2))));
      rule(
          "(?<=\\()(1[1-9]\\d\\d|20\\d\\d)(?=\\))",
          m -> numbers.year(Integer.parseInt(m.group(1))));
      if (words.of("numerics").startsWith("m")) {
        rule(
            "\\b(1[1-9]|20)(\\d)0s\\b",
            m -> decade(numbers.year(Integer.parseInt(m.group(1) + m.group(2) + "0"))));
      }
    }
  }

  private static String decade(String year) {
    return year.endsWith("y") ? year.substring(0, year.length() - 1) + "ies" : year + "s";
  }

  private void numerals() {
    List<String> cardinal = words.list("numeral-cardinal");
    rules.add(
        new Rule(
            ROMAN,
            match -> {
              int value = roman(match.group(2));
              if (value < 2 || value > 39) {
                return match.group();
              }
              String name = match.group(1);
              if (cardinal.contains("*") || cardinal.contains(name)) {
                return name + " " + numbers.number(String.valueOf(value));
              }
              String ruleSet =
                  words.of("numeral-ordinal").isEmpty()
                      ? words.of("ordinal")
                      : words.of("numeral-ordinal");
              return name
                  + " "
                  + words.of("numeral").replace("%o", numbers.ordinal(value, ruleSet));
            }));
  }

  private static int roman(String numeral) {
    int value = 0;
    for (int i = 0; i < numeral.length(); i++) {
      int digit = digit(numeral.charAt(i));
      boolean less = i + 1 < numeral.length() && digit < digit(numeral.charAt(i + 1));
      value += less ? -digit : digit;
    }
    return value;
  }

  private static int digit(char c) {
    return c == 'X' ? 10 : c == 'V' ? 5 : 1;
  }

  private void plainNumbers() {
    rule("(?<![\\w.,])(\\d{1,9}(?:\\.\\d{1,9}){2,6})(?![\\w]|[.,]\\d)", m -> version(m.group(1)));
    rule("(?:#|№ ?|\\bNo\\. ?)(?=\\d)", m -> word("number"));
    rule(START + number + END, m -> numbers.number(m.group(1)));
  }

  private String version(String version) {
    return Pattern.compile("\\d+")
        .matcher(version.replace(".", word("dot")))
        .replaceAll(part -> quote(numbers.number(part.group())));
  }

  private void signs() {
    rule(" ?& ?", m -> word("and"));
    rule("(?<=\\w)@(?=\\w)|(?<=^| )@(?=\\w)", m -> word("at"));
    rule("(?<=\\p{L}{2})/(?=\\p{L}{2})", m -> word("slash"));
    rule("(?<=[\\p{L}\\d)]) ?\\+ ?(?=[\\p{L}\\d(])", m -> word("plus"));
    rule(" ?= ?", m -> word("equals"));
    rule(" ?[×·] ?| \\* ", m -> word("times"));
    rule(" ?÷ ?", m -> word("divided"));
    rule(" ?≤ ?", m -> word("atmost"));
    rule(" ?≥ ?", m -> word("atleast"));
    rule(" ?≠ ?", m -> word("unequal"));
    rule("(?:^|(?<= ))[≈~](?=[\\p{L}\\d])| ≈ ", m -> word("about"));
    rule("(?<=[\\p{L}\\d)])\\^(?=[\\p{L}\\d(])", m -> word("power"));
  }

  /** Whether a text has anything that the rules look for: most chunks have not. */
  static boolean isNeeded(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      char next = i + 1 < text.length() ? text.charAt(i + 1) : ' ';
      boolean numeral = "IVX".indexOf(c) >= 0 && i > 3 && text.charAt(i - 1) == ' ';
      boolean address = c == '.' && next != ' ';
      if (Marks.isDigit(c) || numeral || address || "&@/+=×·÷≤≥≠≈~^*%#".indexOf(c) >= 0) {
        return true;
      }
    }
    return false;
  }

  /** Whether most letters of a text are Latin, so that the guess of the language is for it. */
  static boolean isLatin(String text) {
    int other = 0;
    int latin = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Marks.isLetter(c)) {
        latin += c < 0x250 ? 1 : 0;
        other += c < 0x250 ? 0 : 1;
      }
    }
    return latin >= other;
  }
}
