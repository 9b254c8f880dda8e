package io.voicebus.chunker;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes out what a voice may read wrongly: numbers, fractions, years, ordinals, money, dates,
 * times, units, telephone numbers, percentages, ranges, addresses, Roman numerals after names, and
 * signs. One language each; pure but for ICU's formats, hence not thread-safe.
 */
final class SpokenForms {
  /** A number that is no part of a word or of another number. */
  private static final String NUMBER =
      "(\\d{1,3}(?:[G]\\d{3})++(?:[.,]\\d{1,9})?|\\d{1,30}+(?:[.,]\\d{1,9})?)";

  /** Before a number. */
  static final String START = "(?<![\\p{L}\\d_]|\\d[.,])";

  /**
   * "+44 20 7946 0018", "(303) 555-0142", "303-555-0142", "555-0142", "1300 555 019",
   * "0151-2345678".
   */
  private static final String PHONE =
      "(?<![\\p{L}\\d.,+-])(?:\\+\\d{1,3}+(?:[ -]?+\\(?+\\d{1,15}+\\)?+){1,6}+"
          + "|(?:1[ -])?+\\(\\d{3}\\) ?+\\d{3}[- ]\\d{4}"
          + "|(?:1[ -])?+\\d{3}[- ]\\d{3}[- ]\\d{4}"
          + "|\\d{3}-\\d{4}"
          + "|1[38]00 \\d{3} \\d{3}"
          + "|0\\d{2,4}+[-/]\\d{4,9}+"
          + "|0\\d{2,4}+(?: \\d{2,8}+){1,5}+)(?![\\p{L}\\d-]|[.,]\\d)";

  private static final String END = "(?![\\p{L}\\d_]|[.,]\\d)";

  private final SpokenWords words;
  private final NumberWords numbers;
  private final SpokenRules rules = new SpokenRules();
  private final String number;

  SpokenForms(String language) {
    number = NUMBER.replace("[G]", language.equals("fr") ? "[ .’']" : "[.,’']");
    words = new SpokenWords(language);
    numbers = new NumberWords(language);
    SpokenDates dates = new SpokenDates(words, numbers);
    SpokenAmounts amounts = new SpokenAmounts(words, numbers, number);
    SpokenOrdinals ordinals = new SpokenOrdinals(words, numbers);
    addresses();
    rules.add("(?<![\\w)\\]])[-−](?=\\d{1,12}(?![\\d-]))", m -> words.between("minus"));
    dates.dates(rules);
    dates.times(rules);
    telephones();
    new SpokenFractions(words, numbers).fractions(rules);
    amounts.money(rules);
    amounts.units(rules);
    ranges();
    ordinals.ordinals(rules);
    dates.years(rules);
    ordinals.numerals(rules);
    plainNumbers();
    signs();
  }

  /** The text with all of this written out; the text itself if there is nothing to do. */
  String say(String text) {
    String said = rules.apply(text);
    return said.equals(text)
        ? text
        : said.replaceAll(" {2,}", " ").replaceAll("(?<=[(\\[“]) ", "").strip();
  }

  private void addresses() {
    rules.add(
        "(?<![\\w.@/-])(?:https?://)?(?:[\\w+-]{1,64}+(?:\\.[\\w+-]{1,64}+){0,8}+@)?(?:[\\w-]{1,63}+\\.){1,8}(?:com|org|net|io|dev|edu|gov|info|app|ai|de|fr|es|it|nl|pt|br|ch|at|uk|eu|us)(?:/[\\w./?=&%#~-]{0,300})?(?<![.?])(?![\\w@])",
        match -> address(match.group()));
  }

  private String address(String address) {
    return address
        .replaceFirst("^https?://", "")
        .replaceFirst("/$", "")
        .replace("@", words.between("at"))
        .replace(".", words.between("dot"))
        .replace("/", words.between("slash"))
        .replaceAll("[-_?=&%#~]+", " ");
  }

  private void telephones() {
    rules.add(
        PHONE,
        match -> {
          String number = match.group();
          String groups =
              Pattern.compile("\\d+")
                  .matcher(number)
                  .results()
                  .map(group -> numbers.digits(group.group()))
                  .collect(Collectors.joining(", "));
          return (number.startsWith("+") ? words.between("plus") : "") + groups;
        });
  }

  private void ranges() {
    rules.add(
        "(?<![\\w.,-])(1[1-9]\\d\\d|20\\d\\d)[–—-](1[1-9]\\d\\d|20\\d\\d)(?![\\w-])",
        m ->
            numbers.year(Integer.parseInt(m.group(1)))
                + words.between("to")
                + numbers.year(Integer.parseInt(m.group(2))));
    rules.add(
        "(?<=(?<![\\w.,-])\\d{1,9})(?:–|—|-)(?=\\d{1,9}(?![\\w-]|[.,]\\d))",
        m -> words.between("to"));
  }

  private void plainNumbers() {
    rules.add(
        "(?<![\\w.,])(\\d{1,9}(?:\\.\\d{1,9}){2,6})(?![\\w]|[.,]\\d)", m -> version(m.group(1)));
    rules.add("(?:#|№ ?|\\bNo\\. ?)(?=\\d)", m -> words.between("number"));
    rules.add(START + number + END, m -> numbers.number(m.group(1)));
  }

  private String version(String version) {
    return Pattern.compile("\\d+")
        .matcher(version.replace(".", words.between("dot")))
        .replaceAll(part -> Matcher.quoteReplacement(numbers.number(part.group())));
  }

  private void signs() {
    rules.add(" ?& ?", m -> words.between("and"));
    rules.add("(?<=\\w)@(?=\\w)|(?<=^| )@(?=\\w)", m -> words.between("at"));
    rules.add("(?<=\\p{L}{2})/(?=\\p{L}{2})", m -> words.between("slash"));
    rules.add("(?<=[\\p{L}\\d)]) ?\\+ ?(?=[\\p{L}\\d(])", m -> words.between("plus"));
    rules.add(" ?= ?", m -> words.between("equals"));
    rules.add(" ?[×·] ?| \\* ", m -> words.between("times"));
    rules.add(" ?÷ ?", m -> words.between("divided"));
    rules.add(" ?≤ ?", m -> words.between("atmost"));
    rules.add(" ?≥ ?", m -> words.between("atleast"));
    rules.add(" ?≠ ?", m -> words.between("unequal"));
    rules.add("(?:^|(?<= ))[≈~](?=[\\p{L}\\d])| ≈ ", m -> words.between("about"));
    rules.add("(?<=[\\p{L}\\d)])\\^(?=[\\p{L}\\d(])", m -> words.between("power"));
  }

  /** Whether a text has anything that the rules look for: most chunks have not. */
  static boolean isNeeded(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      char next = i + 1 < text.length() ? text.charAt(i + 1) : ' ';
      boolean numeral = "IVX".indexOf(c) >= 0 && i > 3 && text.charAt(i - 1) == ' ';
      boolean address = c == '.' && next != ' ';
      boolean number = Character.getType(c) == Character.OTHER_NUMBER; // "½"
      if (Marks.isDigit(c) || number || numeral || address || "&@/+=×·÷≤≥≠≈~^*%#".indexOf(c) >= 0) {
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
