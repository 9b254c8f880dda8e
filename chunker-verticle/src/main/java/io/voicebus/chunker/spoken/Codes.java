package io.voicebus.chunker.spoken;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Codes, accounts, orders and identifiers: what is said sign by sign. */
final class Codes {
  /** Codes behind these are made of words: "SAVE20". */
  private static final Pattern PROMOTION =
      Pattern.compile(
          "(?i)(?:promo|promotion|aktion|actie|discount|coupon|voucher|gift|gutschein|rabatt|réduction|descuento|sconto|desconto|korting)\\p{L}{0,3}[\\h-]?codes?:?(?:\\h\\p{L}{1,6})?\\h$");

  private final Language language;

  private Codes(Language language) {
    this.language = language;
  }

  static void add(Rules rules, Language language) {
    Codes codes = new Codes(language);
    // a word of the list, and compounds that end in "nummer" or "code"
    rules.define(
        "CODE",
        language.words().anyOf("code-words")
            + (language.is("de") || language.is("nl")
                ? " | (?! (?: haus|huis|zimmer|raum|kamer|rug|seiten|pagina|rücken|atom|atoom ) ) \\p{L}{2,20} (?: nummer|code )"
                : ""));
    rules.define("LINK", language.words().anyOf("code-links"));
    // "the code", "code is", "número de la cuenta:", "order for Anna #", "code ("
    LatePattern codeWord =
        rules.pattern(
            "(?<![\\p{L}\\p{N}]) (?i:<CODE>) (?: \\h (?: de | del | della | des | du | di | da | do | von | van | for | of ) \\h (?: (?: la | het | de | der | den ) \\h )? \\p{L}[\\p{L}-]{2,14} )? (?: \\h? (?: (?i:<LINK>) | : | \\# ) ){0,3} \\h? \\(? $");
    rules.define("NUMBERWORD", language.words().anyOf("number-word"));
    // the same in apposition: "your order number, 7730185, is"
    LatePattern codeBefore =
        rules.pattern(
            "(?<![\\p{L}\\p{N}]) (?: (?i:<CODE>) (?: \\h (?i:<LINK>) )? | (?i:<NUMBERWORD>) \\h (?: de | del | d['’] | of | van | von | do | di ) \\h? \\p{L}{2,16} | <NUMBERWORD>\\h? d['’]\\p{L}{2,16} ) ,\\h $");
    rules.define("LASTDIGITS", language.words().anyOf("last-digits"));
    rules.define("DIGITS", language.words().anyOf("digits"));
    rules.define("ARE", language.words().anyOf("are"));
    rules.define(
        "FEW",
        () ->
            IntStream.rangeClosed(2, 6)
                .mapToObj(n -> language.small(String.valueOf(n)))
                .collect(Collectors.joining("|", "(?: [2-6]|", ")")));
    // "the last four digits of your card are 9087", "les 4 derniers chiffres sont : 9087"
    LatePattern lastDigits =
        rules.pattern(
            "(?<!\\p{L}) (?i: <LASTDIGITS> \\h <FEW> | <FEW> \\h <LASTDIGITS> ) \\h (?i:<DIGITS>) (?!\\p{L}) [^.!?\\d]{0,50} (?<!\\p{L}) (?: (?i:<ARE>) | : ) \\h $");
    // "número de cuenta es", "numéro d'abonné:", "number of order #"
    LatePattern numberOf =
        rules.pattern(
            "(?<![\\p{L}\\p{N}]) (?i:<NUMBERWORD>) \\h (?: de\\hla | del | de | di | della | do | da | d['’] | of | van | von ) \\h? \\p{L}{2,16} (?: \\h? (?: (?i:<LINK>) | : | \\# ) ){1,3} \\h? $");
    // "the code is 482913", "ISBN 978-3-16-148410-0", "Bestellnummer: 4711-0815", "order #8492"
    rules.add(
        "0",
        """
        (?<![\\p{L}\\p{N}]) (?<code> (?! \\d{1,4}[BKM] \\h \\p{Ll}{3} ) (?= [\\p{Lu}\\d-]{0,20} \\d | \\p{Lu}{1,3}-\\p{Lu}{1,2}\\h\\d ) [\\p{Lu}\\d]{1,20}+ (?: [\\h/-] (?: (?=\\p{Lu}{0,4}\\d) [\\p{Lu}\\d]{1,12}+ | \\p{Lu}{1,4}(?!\\p{L}) ) ){0,9}+ ) <E> (?! \\h? [%€$£°/] )
        """,
        m ->
            isLong(m.all())
                    && (m.follows(codeWord)
                        || m.follows(numberOf)
                        || m.follows(lastDigits)
                        || (m.after().startsWith(",") && m.follows(codeBefore)))
                ? codes.code(m)
                : null);
    identifiers(rules, language, codes);
  }

  /** What is read sign by sign wherever it stands. */
  private static void identifiers(Rules rules, Language language, Codes codes) {
    // DE89 3704 0044 0532 0130 00, GB29NWBK60161331926819
    rules.add(
        "0",
        "(?<![\\p{L}\\p{N}]) (?<code> [A-Z]{2}\\d{2} (?: \\h?[A-Z\\d]{4} ){3,7}+ (?: \\h?[A-Z\\d]{1,4} )? ) <E>",
        codes::code);
    if (language.is("en")) {
      // EC2V 7HN
      rules.add(
          "0",
          "(?<![\\p{L}\\p{N}]) (?<code> [A-Z]{1,2}\\d[A-Z\\d]? \\h \\d[A-Z]{2} ) <E>",
          codes::code);
      // "grew up in 90210", "reply STOP to 40404 to end"
      LatePattern place =
          rules.pattern(
              "(?<!\\p{L}) (?: grew\\hup | live[sd]? | living | born | located | based | home ) \\h in \\h $");
      // "text STOP to", "reply to"
      LatePattern text =
          rules.pattern("(?<!\\p{L}) (?i: text|reply|sms|send ) \\h [^.!?]{0,30} to \\h $");
      // "in 90210,"
      rules.add(
          "0",
          "<B> \\d{5} <E> (?= [,.;!?)] | $ )",
          m -> m.follows(place) ? language.numbers().digits(m.all()) : null);
      // "text STOP to 40404"
      rules.add(
          "0",
          "<B> \\d{5,6} <E>",
          m -> m.follows(text) ? language.numbers().digits(m.all()) : null);
      // "112 works everywhere"
      rules.add(
          "0",
          "<B> (?: 911|112|999 ) <E> (?= \\h (?: works|is\\h|operators?|calls?|dispatchers?|emergency ) )",
          m -> language.numbers().digits(m.all()));
    }
    // *31#, 1990#
    rules.add(
        "*#",
        "(?<![\\p{L}\\p{N}#*]) (?: \\* \\d{1,4}+ (?: [*]\\d{1,12}+ )?+ \\#? | (?: \\*\\# | \\#{1,2} ) \\d{1,4}+ (?: [*]\\d{1,12}+ )?+ \\# ) (?![\\p{L}\\p{N}*])",
        m -> codes.keys(m.all()));
    // "1990#", "dial 31#, then"
    rules.add("#", "(?<= \\d ) \\# (?= [\\h.,;!?)] | $ )", m -> " " + language.of("hash"));
    // "press # to repeat"
    rules.add("#", "(?<= \\h ) \\# (?= [\\h.,;!?)] | $ )", m -> language.of("hash"));
    // CVE-2021-44228, INC-2047, AB-123-CD
    rules.add(
        "-",
        "(?<![\\p{L}\\p{N}_-]) (?<l> \\p{Lu}{2,6} ) (?<rest> (?: - (?: \\d{1,7}+ | \\p{Lu}{1,4}+ ) ){1,4}+ ) (?<= \\d | -\\p{Lu}{1,4} ) (?! [\\p{L}\\p{N}_-] | [.,]\\p{N} )",
        m -> codes.identifier(m));
  }

  /** Addresses of devices and identifiers in hexadecimal digits, before their parts are times. */
  static void hexadecimal(Rules rules, Language language) {
    Codes codes = new Codes(language);
    rules.define("HEX", "[\\da-fA-F]");
    // 00:1A:2B:3C:4D:5E
    rules.add(
        ":",
        "(?<![\\p{L}\\p{N}:]) <HEX>{2} (?: :<HEX>{2} ){5}+ (?![\\p{L}\\p{N}:])",
        m -> codes.groups(m.all()));
    // 0xFF, 0x41
    rules.add(
        "x",
        "(?<![\\p{L}\\p{N}]) 0x (?<h> <HEX>{1,8}+ ) (?! [\\p{L}\\p{N}_] )",
        m -> language.small("0") + " x " + codes.groups(m.of("h")));
    // 123e4567-e89b-12d3-a456-426614174000
    rules.add(
        "-",
        "(?<![\\p{L}\\p{N}-]) (?= \\d{0,8} [a-fA-F] ) <HEX>{8} (?: -<HEX>{4} ){1,3}+ (?: -<HEX>{12} )?+ (?![\\p{L}\\p{N}-])",
        m -> m.all().matches(".*\\d.*") ? codes.groups(m.all()) : null);
    // 123-45-6789
    rules.add(
        "-",
        "<B> (?<!-) \\d{3} - \\d{2} - \\d{4} (?! [\\p{L}\\p{N}-] )",
        m -> codes.groups(m.all()));
  }

  private String groups(String code) {
    return Arrays.stream(code.split("[:-]", -1))
        .map(
            group ->
                group
                    .chars()
                    .mapToObj(
                        c ->
                            Character.isDigit(c)
                                ? language.numbers().digits(Character.toString(c))
                                : Character.toString(c))
                    .collect(Collectors.joining(" ")))
        .collect(Collectors.joining(", "));
  }

  private @Nullable String identifier(Match m) {
    String rest = m.of("rest").substring(1);
    boolean name = !language.is("en") && rest.matches("\\d{3}"); // "AES-256"
    if (name || !rest.matches(".*\\d{3}.*")) {
      return null; // "COVID-19", "UTF-8"
    }
    StringBuilder said = new StringBuilder(m.of("l"));
    for (String part : rest.split("-", -1)) {
      boolean digits = Character.isDigit(part.charAt(0));
      // "CVE-2024-12345": a year, and its number
      boolean year = m.of("l").equals("CVE") && part.matches("(?:19|20)\\d\\d");
      said.append(
              digits && said.charAt(said.length() - 1) != m.of("l").charAt(m.of("l").length() - 1)
                  ? ", "
                  : " ")
          .append(
              year
                  ? language.year(part)
                  : !digits
                      ? part
                      : language.is("en") && part.length() == 3
                          ? Telephones.pairs(part, language)
                          : language.numbers().digits(part));
    }
    return said.toString();
  }

  /** The keys of a telephone: "star three one hash". */
  private String keys(String keys) {
    StringBuilder said = new StringBuilder();
    for (int i = 0; i < keys.length(); i++) {
      char c = keys.charAt(i);
      said.append(i == 0 ? "" : " ")
          .append(
              c == '*'
                  ? language.of("star")
                  : c == '#' ? language.of("hash") : language.numbers().digits(String.valueOf(c)));
    }
    return said.toString();
  }

  private static boolean isLong(String code) {
    return code.chars().filter(Character::isLetterOrDigit).count() >= 3;
  }

  /** A code: letters one by one, groups apart. */
  private String code(Match m) {
    String code = m.of("code");
    StringBuilder said = new StringBuilder();
    if (m.follows(PROMOTION)) {
      return spoken(code);
    }
    String apart = ", ";
    for (String group : code.split("[\\h-]+|(?=/)|(?<=/)", -1)) {
      if (group.equals("/")) {
        apart = " " + language.of("slash") + " ";
        continue;
      }
      StringBuilder part = new StringBuilder();
      for (int i = 0; i < group.length(); i++) {
        char c = group.charAt(i);
        part.append(part.isEmpty() ? "" : " ")
            .append(
                Character.isDigit(c)
                    ? language.numbers().digits(String.valueOf(c))
                    : String.valueOf(c));
      }
      said.append(said.isEmpty() ? "" : apart).append(part);
      apart = ", ";
    }
    return said.toString();
  }

  /** "SAVE20" as "save twenty". */
  private String spoken(String code) {
    // "20" and "SAVE" of SAVE20
    return Pattern.compile("\\d+|\\p{L}+")
        .matcher(code)
        .results()
        .map(MatchResult::group)
        .map(
            part ->
                !Character.isDigit(part.charAt(0))
                    ? part.toLowerCase(Locale.ROOT)
                    : part.length() < 3 ? language.small(part) : language.numbers().digits(part))
        .collect(Collectors.joining(" "));
  }
}
