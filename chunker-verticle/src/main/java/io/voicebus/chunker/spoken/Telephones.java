package io.voicebus.chunker.spoken;

import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Telephone numbers, codes, accounts, house numbers: what is said digit by digit. */
final class Telephones {
  /** Codes behind these are made of words: "SAVE20". */
  private static final Pattern PROMOTION =
      Pattern.compile(
          "(?i)(?:promo|promotion|discount|coupon|voucher|gift|gutschein|rabatt|réduction|descuento|sconto|desconto|korting)\\p{L}{0,3}[\\h-]?codes?:?(?:\\h\\p{L}{1,4})?\\h$");

  /** The groups of "415 555 0132". */
  private static final Pattern GROUP = Pattern.compile("\\d+");

  private final Language language;

  private Telephones(Language language) {
    this.language = language;
  }

  static void add(Rules rules, Language language) {
    Telephones phones = new Telephones(language);
    rules.define("CODE", language.words().anyOf("code-words"));
    rules.define("LINK", language.words().anyOf("code-links"));
    Pattern codeWord =
        rules.pattern(
            "(?<![\\p{L}\\p{N}]) (?i:<CODE>) (?: \\h (?: de | del | della | des | du | di | da | do"
                + " | von | van | for | of ) \\h (?: (?: la | het | de | der | den ) \\h )?"
                + " \\p{L}[\\p{L}-]{2,14} )? (?: \\h? (?: (?i:<LINK>) | : | \\# ) ){0,3} \\h? \\(?"
                + " $");
    rules.define("NUMBERWORD", language.words().anyOf("number-word"));
    Pattern numberOf =
        rules.pattern(
            "(?<![\\p{L}\\p{N}]) (?i:<NUMBERWORD>) \\h (?: de\\hla | del | de | di | della | do |"
                + " da | d['’] | of | van | von ) \\h? \\p{L}{2,16} (?: \\h? (?: (?i:<LINK>) | : |"
                + " \\# ) ){1,3} \\h? $");
    // "the code is 482913", "ISBN 978-3-16-148410-0", "Bestellnummer: 4711-0815", "order #8492"
    rules.add(
        "0",
        """
        (?<![\\p{L}\\p{N}]) (?<code> (?= [\\p{Lu}\\d-]{0,20} \\d | \\p{Lu}{1,3}-\\p{Lu}{1,2}\\h\\d ) [\\p{Lu}\\d]{1,20}+ (?: [\\h/-] (?: (?=\\p{Lu}{0,4}\\d) [\\p{Lu}\\d]{1,12}+ | \\p{Lu}{1,4}(?!\\p{L}) ) ){0,9}+ ) <E> (?! \\h? [%€$£°/] )
        """,
        m ->
            isLong(m.all()) && (m.follows(codeWord) || m.follows(numberOf))
                ? phones.code(m)
                : null);
    identifiers(rules, language, phones);
    // "+44 20 7946 0018", "(303) 555-0142", "1-800-555-0142", "303.555.0142", "555-0142", "1300 555
    // 019"
    rules.add(
        "0",
        """
        (?<![\\p{L}\\p{N}_.,+-]) (?:
            (?<plus> \\+ | 00(?=[1-9]) ) \\d{1,3}+ (?: [\\h./-]?+ \\(?+ \\d{1,15}+ \\)?+ ){1,7}+
          | (?: 1[\\h.-] )?+ \\( \\d{3} \\) \\h?+ \\d{3} [\\h.-] \\d{4}
          | (?: 1[\\h.-] )?+ \\d{3} (?<sep> [\\h.-] ) \\d{3} \\k<sep> \\d{4}
          | \\d{3} [-‑] \\d{4}
          | 1[38]00 \\h \\d{3} \\h \\d{3}
          | (?: \\( 0\\d{1,4}+ \\) | (?<! \\d[\\h.] ) 0\\d{1,4}+ ) \\h?+ [-/] \\h?+ \\d{3,9}+ (?: [\\h-] \\d{2,5}+ ){0,3}+
          | (?: \\( 0\\d{1,4}+ \\) | (?<! \\d[\\h.] ) 0\\d{1,4}+ ) (?: [\\h.] \\d{2,8}+ ){1,5}+
        ) (?! [\\p{L}\\p{N}_%-] | \\h?[%€$£°] | [.,]\\p{N} )
        """,
        m -> {
          long digits = m.all().chars().filter(Character::isDigit).count();
          return digits < (m.has("plus") ? 7 : 6) ? null : phones.number(m.all());
        });
    // Brazil: (11) 91234-5678; Spain: 912 345 678, 612 34 56 78 after a word for calling; 911
    rules.define("DIAL", language.words().anyOf("dial"));
    rules.add(
        "0",
        "(?<![\\p{L}\\p{N}]) \\( \\d{2,4} \\) \\h? \\d{4,5} - \\d{4} <E>",
        m -> phones.number(m.all()));
    // Mexico: (55) 5123 4567
    rules.add(
        "(",
        "(?<![\\p{L}\\p{N}]) \\( \\d{2,3} \\) \\h \\d{3,4} \\h \\d{4} <E>",
        m -> phones.number(m.all()));
    // "call 911", "Tel.: 02 123", "appelez le 3949"
    Pattern dialWord =
        rules.pattern(
            "(?<![\\p{L}\\p{N}]) (?i:<DIAL>) :? \\h (?:"
                + " (?i:the|al|au|die|den|le|o|il|het|número|numéro|nummer|numero|unter|us|now|to)"
                + " \\h ){0,2} $");
    rules.add(
        "0",
        """
        (?<![\\p{L}\\p{N}.,+-])
        (?: \\d{3,12}+ (?: [\\h.-] \\d{2,8}+ ){0,5}+ ) <E> (?! \\h? [%€$£°:/] )
        """,
        m -> isCall(m) && m.follows(dialWord) ? phones.number(m.all()) : null);
    others(rules, language, phones);
    if (language.is("en")) {
      // "dial 911 here, or"
      Pattern also =
          rules.pattern("(?<!\\p{L}) (?i: dial | call ) \\h [^.!?]{0,60} \\h (?: or | and ) \\h $");
      // "911 in the US, or 112 in Europe": numbers for emergencies, where one is dialled
      rules.add("0", "<B> \\d{3} <E>", m -> m.follows(also) ? phones.number(m.all()) : null);
      // "flight UA 928"
      Pattern flight = rules.pattern("(?<!\\p{L}) [Ff]light (?: \\h is | \\h number )? \\h $");
      rules.add(
          "0",
          "(?<![\\p{L}\\p{N}]) (?<l> [A-Z]{2} ) \\h? (?<n> \\d{2,4} ) <E>",
          m ->
              m.follows(flight)
                  ? m.of("l").charAt(0)
                      + " "
                      + m.of("l").charAt(1)
                      + " "
                      + (m.of("n").length() < 3
                          ? language.small(m.of("n"))
                          : phones.pairs(m.of("n")))
                  : null);
      // x4410, ext. 4410
      rules.add(
          "x",
          "(?<![\\p{L}\\p{N}]) (?: (?<= (?<!\\p{L}) (?: on|at|dial|call|phone ) \\h ) x (?= \\d{4}"
              + " ) | ext\\.?\\h | extension\\h ) (?<n> \\d{2,5} ) <E>",
          m -> "extension " + language.numbers().digits(m.of("n")));
      // a 747, Boeing 737
      rules.add(
          "7",
          "(?= 7 ) (?<= (?<!\\p{L}) (?: a|an|Boeing|the ) \\h ) 7\\d7 <E> (?! \\h \\p{Ll}{3,}s"
              + " (?!\\p{L}) )",
          m -> phones.pairs(m.all()));
      // "1250 Market Street", "CA 94103"
      rules.add(
          "0",
          "(?<![\\p{L}\\p{N}#.,]) \\d{3,4} (?= \\h (?: \\p{Lu}[\\p{L}'’.]{0,20}+ \\h ){1,3} "
              + language.words().anyOf("street")
              + " (?!\\p{L}) )",
          m -> phones.pairs(m.all()));
      // "CA 94103", "Springfield IL 62704-1234"
      rules.add(
          "0",
          "(?<= (?: ,\\h | \\h ) [A-Z][A-Z] \\h ) \\d{5} (?: - \\d{4} )? <E>",
          m -> phones.number(m.all()));
      // "flight UA 928", "room 305", "RFC 9114"
      rules.add(
          "0",
          "(?= \\d ) (?<= \\h ) (?<= (?<!\\p{L}) (?: RFC | [Ff]light | [Rr]oom | [Rr]oute |"
              + " [Hh]ighway | [Ss]uite | [Bb]us | [Gg]ate ) \\h (?: [A-Z]{2} \\h? )? ) \\d{3,4}"
              + " <E>",
          m -> phones.pairs(m.all()));
    }
  }

  /** What is read sign by sign wherever it stands. */
  private static void identifiers(Rules rules, Language language, Telephones phones) {
    // DE89 3704 0044 0532 0130 00, GB29NWBK60161331926819
    rules.add(
        "0",
        "(?<![\\p{L}\\p{N}]) (?<code> [A-Z]{2}\\d{2} (?: \\h?[A-Z\\d]{4} ){3,7}+ (?:"
            + " \\h?[A-Z\\d]{1,4} )? ) <E>",
        phones::code);
    if (language.is("en")) {
      // EC2V 7HN
      rules.add(
          "0",
          "(?<![\\p{L}\\p{N}]) (?<code> [A-Z]{1,2}\\d[A-Z\\d]? \\h \\d[A-Z]{2} ) <E>",
          phones::code);
      // "grew up in 90210", "reply STOP to 40404 to end"
      Pattern place =
          rules.pattern(
              "(?<!\\p{L}) (?: grew\\hup | live[sd]? | living | born | located | based | home ) \\h"
                  + " in \\h $");
      Pattern text =
          rules.pattern("(?<!\\p{L}) (?i: text|reply|sms|send ) \\h [^.!?]{0,30} to \\h $");
      // "in 90210,"
      rules.add(
          "0",
          "<B> \\d{5} <E> (?= [,.;!?)] | $ )",
          m -> m.follows(place) ? phones.number(m.all()) : null);
      // "text STOP to 40404"
      rules.add("0", "<B> \\d{5,6} <E>", m -> m.follows(text) ? phones.number(m.all()) : null);
      // "112 works everywhere"
      rules.add(
          "0",
          "<B> (?: 911|112|999 ) <E> (?= \\h (?:"
              + " works|is\\h|operators?|calls?|dispatchers?|emergency ) )",
          m -> phones.number(m.all()));
    }
    // *31#, 1990#
    rules.add(
        "*#",
        "(?<![\\p{L}\\p{N}]) \\* \\d{1,4}+ (?: [*]\\d{1,12}+ )?+ \\#? (?![\\p{L}\\p{N}*])",
        m -> phones.keys(m.all()));
    rules.add("#", "(?<= \\d ) \\# (?= [\\h.,;!?)] | $ )", m -> " " + language.of("hash"));
    // CVE-2021-44228, INC-2047, AB-123-CD
    rules.add(
        "-",
        "(?<![\\p{L}\\p{N}_-]) (?<l> \\p{Lu}{2,6} ) (?<rest> (?: - (?: \\d{1,7}+ | \\p{Lu}{1,4}+ )"
            + " ){1,4}+ ) (?<= \\d | -\\p{Lu}{1,4} ) (?! [\\p{L}\\p{N}_-] | [.,]\\p{N} )",
        m -> phones.identifier(m));
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
      said.append(' ')
          .append(
              !digits
                  ? part
                  : language.is("en") && part.length() == 3
                      ? pairs(part)
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

  private static void others(Rules rules, Language language, Telephones phones) {
    // "vol AF 1234", "volo FR 4872", "voo TP 82"
    Pattern flight =
        rules.pattern("(?<!\\p{L}) (?i: vol | vuelo | volo | vlucht | voo | Flug | flight ) \\h $");
    rules.add(
        "0",
        "(?<![\\p{L}\\p{N}]) (?<l> [A-Z]{2} ) \\h? (?<n> \\d{2,4} ) <E>",
        m ->
            !language.is("en") && m.follows(flight)
                ? m.of("l").charAt(0)
                    + " "
                    + m.of("l").charAt(1)
                    + " "
                    + language.numbers().digits(m.of("n"))
                : null);
    switch (language.words().language) {
      case "es" -> {
        // 912 345 678, 91 234 56 78, 600 00 11 22
        Pattern before =
            rules.pattern(
                "(?<!\\p{L}) (?i: al | el | es | número | móvil | teléfono | fax | en | wasap |"
                    + " whatsapp ) :? \\h $");
        // 612 345 678, 91 234 56 78, 600 11 22 33
        rules.add(
            "0",
            "<B> [6-9] (?: \\d{2}\\h\\d{3}\\h\\d{3} | \\d\\h\\d{3}\\h\\d\\d\\h\\d\\d |"
                + " \\d{2}\\h\\d\\d\\h\\d\\d\\h\\d\\d ) <E>",
            m -> m.follows(before) ? phones.number(m.all()) : null);
      }
      case "it" ->
          // 800 123 456, 339-44-33-221
          rules.add(
              "0",
              "<B> (?: 800\\h\\d{3}\\h\\d{3} | 3\\d\\d (?: [\\h-]\\d{2,4} ){2,4} ) <E>",
              m -> phones.number(m.all()));
      case "pt" -> {
        // 3456-7890, 01310-100, 1100-148, 123.456.789-09, 12.345.678/0001-95
        rules.add(
            "-",
            "<B> (?: \\d{4,5}-\\d{4} | \\d{5}-\\d{3} | \\d{4}-\\d{3} |"
                + " \\d{3}\\.\\d{3}\\.\\d{3}-\\d\\d | \\d\\d\\.\\d{3}\\.\\d{3}/\\d{4}-\\d\\d ) <E>",
            m ->
                m.all().matches("(?:1[89]|20)\\d\\d-(?:1[89]|20)\\d\\d")
                    ? null
                    : phones.number(m.all()));
        // 21 345 07 80; telemóvel 912 345 078
        Pattern mobile =
            rules.pattern(
                "(?<!\\p{L}) (?i: telemóvel|celular|telefone|número|ligue|tel\\. ) [^.!?]{0,12} $");
        // 21 345 07 80, 912 345 678
        rules.add(
            "0",
            "<B> (?<fixed> 2\\d \\h \\d{3} \\h \\d\\d \\h \\d\\d ) <E> | <B> [29]\\d\\d \\h \\d{3}"
                + " \\h \\d{3} <E>",
            m -> m.has("fixed") || m.follows(mobile) ? phones.number(m.all()) : null);
        // "CPF do cliente"
        Pattern id =
            rules.pattern("(?<!\\p{L}) (?: RG | CPF | CNPJ ) (?: \\h\\p{L}{1,5} ){0,3} \\h $");
        // RG 12.345.678-X
        rules.add(
            "0",
            "<B> \\d{1,3} (?: \\.\\d{3} ){1,3} (?: -[\\dX] )? <E>",
            m -> m.follows(id) ? phones.number(m.all()) : null);
      }
      case "de" -> {
        // 10115 Berlin; unter 110, 116 117
        Pattern place =
            rules.pattern(
                "(?: (?<!\\p{L}) (?i: in | nach | aus | D- ) \\h? |"
                    + " (?:straße|str\\.|weg|platz|allee|gasse|ring|Straße|Platz|Weg|Allee) \\h"
                    + " \\d{1,4}[a-z]? , \\h ) $");
        // 10115 Berlin
        rules.add(
            "0",
            "<B> \\d{5} (?= \\h \\p{Lu}\\p{Ll} )",
            m -> m.follows(place) ? phones.number(m.all()) : null);
        // "unter 110", "die Nummer 116117"
        Pattern under = rules.pattern("(?<!\\p{L}) (?i: unter | Nummer ) \\h $");
        // 110, 112, 116 117, 4711815
        rules.add(
            "0",
            "<B> (?: 11[02568] (?: \\h? \\d{3} )? | \\d{5,9} ) <E> (?! \\h \\p{Lu} )",
            m -> m.follows(under) ? phones.number(m.all()) : null);
        // 0171-123-4567
        rules.add("0", "<B> 0\\d{2,4} - \\d{2,8} - \\d{1,6} <E>", m -> phones.number(m.all()));
      }
      case "fr" -> {
        // 0 800 12 34 56, le 3639, le 118 218
        rules.add("0", "<B> 0\\h\\d{3} (?: \\h\\d\\d ){3} <E>", m -> phones.number(m.all()));
        Pattern service =
            rules.pattern("(?<!\\p{L}) (?i: au | le | numéro | composez\\hle ) \\h $");
        // 3949, 118 218
        rules.add(
            "0",
            "<B> (?: 3[0-9]\\d\\d | 118\\h?\\d{3} ) <E> (?! \\h \\p{L}{1,20}s (?!\\p{L}) )",
            m -> m.follows(service) ? phones.number(m.all()) : null);
      }
      case "nl" ->
          // 06-55 44 33 22
          rules.add(
              "0", "<B> 0\\d{1,3} - \\d\\d (?: \\h\\d\\d ){2,4} <E>", m -> phones.number(m.all()));
      default -> {}
    }
  }

  private static boolean isLong(String code) {
    return code.chars().filter(Character::isLetterOrDigit).count() >= 3;
  }

  private static boolean isCall(Match m) {
    String digits = m.all().replaceAll("\\D", "");
    return digits.length() >= 3 && !m.all().matches("(?:19|20)\\d\\d");
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

  private String number(String number) {
    String groups =
        GROUP
            .matcher(number)
            .results()
            .map(group -> language.numbers().digits(group.group()))
            .collect(Collectors.joining(", "));
    return (number.startsWith("+") ? language.of("plus") + " " : "") + groups;
  }

  /** "1250" as "twelve fifty", "305" as "three oh five". */
  private String pairs(String digits) {
    String first = digits.substring(0, digits.length() - 2);
    String last = digits.substring(digits.length() - 2);
    if (last.equals("00")) {
      return language.small(first.endsWith("0") ? digits : first)
          + (first.endsWith("0") ? "" : " hundred");
    }
    String rest = last.startsWith("0") ? "oh " + language.small(last) : language.small(last);
    return language.small(first) + " " + rest;
  }
}
