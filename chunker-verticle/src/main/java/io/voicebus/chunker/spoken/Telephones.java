package io.voicebus.chunker.spoken;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Telephone numbers, house numbers, flights, postcodes: what is said digit by digit. */
final class Telephones {
  /** The groups of "415 555 0132". */
  private static final Pattern GROUP = Pattern.compile("\\d+");

  private final Language language;

  private Telephones(Language language) {
    this.language = language;
  }

  static void add(Rules rules, Language language) {
    Telephones phones = new Telephones(language);
    Codes.add(rules, language);
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
    LatePattern dialWord =
        rules.pattern(
            "(?<![\\p{L}\\p{N}]) (?i:<DIAL>) :? \\h (?: (?i:the|al|au|die|den|le|o|il|het|número|numéro|nummer|numero|unter|us|now|to) \\h ){0,2} $");
    rules.add(
        "0",
        """
        (?<![\\p{L}\\p{N}.,+-])
        (?: \\d{3,12}+ (?: [\\h.-] \\d{2,8}+ ){0,5}+ ) <E> (?! \\h? [%€$£°:/] )
        """,
        m -> isCall(m) && m.follows(dialWord) ? phones.number(m.all()) : null);
    // "mi número de móvil es 611.482.903"
    LatePattern dialBefore = rules.pattern("(?<!\\p{L}) (?i:<DIAL>) (?!\\p{L}) [^.!?\\d]{0,15} $");
    rules.add(
        ".",
        "<B> \\d{3}\\.\\d{3}\\.\\d{3,4} <E>",
        m -> m.follows(dialBefore) ? phones.number(m.all()) : null);
    others(rules, language, phones);
    groups(rules, phones);
    if (language.is("en")) {
      // "dial 911 here, or"
      LatePattern also =
          rules.pattern(
              "(?<!\\p{L}) (?i: dial | call ) \\h [^.!?]{0,60} (?: , | \\h (?: or | and ) ) \\h $");
      // "911 in the US, or 112 in Europe": numbers for emergencies, where one is dialled
      rules.add("0", "<B> \\d{3} <E>", m -> m.follows(also) ? phones.number(m.all()) : null);
      // "1-800-FLOWERS"
      rules.add(
          "8",
          "(?<![\\p{L}\\p{N}.,+-]) 1-8 (?<n> 00|88|77|66|55|44|33 ) - (?= \\p{Lu}{2} )",
          m ->
              m.of("n").equals("00")
                  ? "one eight hundred "
                  : "one eight " + language.numbers().digits(m.of("n")) + " ");
      // "flight UA 928"
      LatePattern flight = rules.pattern("(?<!\\p{L}) [Ff]light (?: \\h is | \\h number )? \\h $");
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
                          : pairs(m.of("n"), language))
                  : null);
      // x4410, ext. 4410
      rules.add(
          "x",
          "(?<![\\p{L}\\p{N}]) (?: (?<= (?<!\\p{L}) (?: on|at|dial|call|phone ) \\h ) x (?= \\d{4} ) | ext\\.?\\h | extension\\h ) (?<n> \\d{2,5} ) <E>",
          m -> "extension " + language.numbers().digits(m.of("n")));
      // a 747, Boeing 737
      rules.add(
          "7",
          "(?= 7 ) (?<= (?<!\\p{L}) (?: a|an|Boeing|the ) \\h ) 7\\d7 <E> (?! \\h \\p{Ll}{3,}s (?!\\p{L}) )",
          m -> pairs(m.all(), language));
      // "1250 Market Street", "CA 94103"
      rules.add(
          "0",
          "(?<![\\p{L}\\p{N}#.,]) \\d{3,4} (?= \\h (?: \\p{Lu}[\\p{L}'’.]{0,20}+ \\h ){1,3} "
              + language.words().anyOf("street")
              + " (?!\\p{L}) )",
          m -> pairs(m.all(), language));
      // "CA 94103", "Springfield IL 62704-1234"
      rules.add(
          "0",
          "(?<= (?: ,\\h | \\h ) [A-Z][A-Z] \\h ) \\d{5} (?: - \\d{4} )? <E>",
          m -> phones.number(m.all()));
      // "flight UA 928", "room 305", "RFC 9114"
      rules.add(
          "0",
          "(?= \\d ) (?<= \\h ) (?<= (?<!\\p{L}) (?: RFC | [Ff]light | [Rr]oom | [Rr]oute | [Hh]ighway | [Ss]uite | [Bb]us | [Gg]ate ) \\h (?: [A-Z]{2} \\h? )? ) \\d{3,4} <E>",
          m -> pairs(m.all(), language));
    }
  }

  /** 864 2910 7733, 91 123 45 67: groups that are no thousands. */
  private static void groups(Rules rules, Telephones phones) {
    rules.add(
        "0",
        "<B> (?<g> \\d{2,4} (?: \\h\\d{2,4} ){2,4} ) <E>",
        m -> {
          String[] groups = m.of("g").split("\\h", -1);
          int shortest = 4;
          int longest = 0;
          int digits = 0;
          boolean thousands = true;
          for (int i = 0; i < groups.length; i++) {
            shortest = Math.min(shortest, groups[i].length());
            longest = Math.max(longest, groups[i].length());
            digits += groups[i].length();
            thousands &= i == 0 || groups[i].length() == 3;
          }
          return thousands || shortest == longest || digits < 8 ? null : phones.number(m.all());
        });
  }

  private static void others(Rules rules, Language language, Telephones phones) {
    // "vol AF 1234", "volo FR 4872", "voo G3 1830"
    LatePattern flight =
        rules.pattern("(?<!\\p{L}) (?i: vol | vuelo | volo | vlucht | voo | Flug | flight ) \\h $");
    // "AF 1234", "AF1234", "G3 1830", "5X 12"
    rules.add(
        "0",
        "(?<![\\p{L}\\p{N}]) (?: (?<l> [A-Z]{2} ) \\h? | (?<mixed> [A-Z]\\d | \\d[A-Z] ) \\h ) (?<n> \\d{2,4} ) <E>",
        m ->
            !language.is("en") && m.follows(flight)
                ? airline(m.of("l") + m.of("mixed"), language)
                    + " "
                    + language.numbers().digits(m.of("n"))
                : null);
    switch (language.words().language) {
      case "es" -> {
        // 912 345 678, 91 234 56 78, 600 00 11 22
        LatePattern before =
            rules.pattern(
                "(?<!\\p{L}) (?i: al | el | es | número | móvil | teléfono | fax | en | wasap | whatsapp ) :? \\h $");
        // 612 345 678, 91 234 56 78, 600 11 22 33
        rules.add(
            "0",
            "<B> [6-9] (?: \\d{2}\\h\\d{3}\\h\\d{3} | \\d\\h\\d{3}\\h\\d\\d\\h\\d\\d | \\d{2}\\h\\d\\d\\h\\d\\d\\h\\d\\d ) <E>",
            m -> m.follows(before) ? phones.number(m.all()) : null);
      }
      case "it" ->
          // 800 123 456, 899 114 760, 339-44-33-221
          rules.add(
              "0",
              "<B> (?: (?: 80[03]|84[08]|89[259]|199|178 ) \\h\\d{3}\\h\\d{3} | 3\\d\\d (?: [\\h-]\\d{2,4} ){2,4} ) <E>",
              m -> phones.number(m.all()));
      case "pt" -> {
        // 3456-7890, 01310-100, 1100-148, 123.456.789-09, 12.345.678/0001-95
        rules.add(
            "-",
            "<B> (?: \\d{4,5}-\\d{4} | \\d{5}-\\d{3} | \\d{4}-\\d{3} | \\d{3}\\.\\d{3}\\.\\d{3}-\\d\\d | \\d\\d\\.\\d{3}\\.\\d{3}/\\d{4}-\\d\\d ) <E>",
            m ->
                // 1989-2001
                m.all().matches("(?:1[89]|20)\\d\\d-(?:1[89]|20)\\d\\d")
                    ? null
                    : phones.number(m.all()));
        // 21 345 07 80; telemóvel 912 345 078
        LatePattern mobile =
            rules.pattern(
                "(?<!\\p{L}) (?i: telemóvel|celular|telefone|número|ligue|tel\\. ) [^.!?]{0,12} $");
        // 21 345 07 80, 912 345 678
        rules.add(
            "0",
            "<B> (?<fixed> 2\\d \\h \\d{3} \\h \\d\\d \\h \\d\\d ) <E> | <B> [29]\\d\\d \\h \\d{3} \\h \\d{3} <E>",
            m -> m.has("fixed") || m.follows(mobile) ? phones.number(m.all()) : null);
        // "CPF do cliente"
        LatePattern id =
            rules.pattern("(?<!\\p{L}) (?: RG | CPF | CNPJ ) (?: \\h\\p{L}{1,5} ){0,3} \\h $");
        // BR-101, SP-280
        rules.add(
            "-",
            "(?<![\\p{L}\\p{N}-]) (?<road> BR|SP|RJ|MG|ES|RS|PR|SC|BA|GO|PE|CE|MT|MS|PA|DF ) - (?<n> \\d{3} ) <E>",
            m -> m.of("road") + " " + language.small(m.of("n")));
        // RG 12.345.678-X
        rules.add(
            "0",
            "<B> \\d{1,3} (?: \\.\\d{3} ){1,3} (?: -[\\dX] )? <E>",
            m -> m.follows(id) ? phones.number(m.all()) : null);
      }
      case "de" -> {
        // 10115 Berlin; unter 110, 116 117
        LatePattern place =
            rules.pattern(
                "(?: (?<!\\p{L}) (?i: in | nach | aus | D- ) \\h? | (?:straße|str\\.|weg|platz|allee|gasse|ring|Straße|Platz|Weg|Allee) \\h \\d{1,4}[a-z]? , \\h ) $");
        // 10115 Berlin
        rules.add(
            "0",
            "<B> \\d{5} (?= \\h \\p{Lu}\\p{Ll} )",
            m -> m.follows(place) ? phones.number(m.all()) : null);
        // "unter 110", "die Nummer 116117"
        LatePattern under = rules.pattern("(?<!\\p{L}) (?i: unter | Nummer ) \\h $");
        // 110, 112, 116 117, 4711815
        rules.add(
            "0",
            "<B> (?: 11[02568] (?: \\h? \\d{3} )? | \\d{5,9} ) <E> (?! \\h \\p{Lu} )",
            m -> m.follows(under) ? phones.number(m.all()) : null);
        // 0221/12345-0, 030 / 123456
        rules.add(
            "/",
            "<B> 0\\d{2,5} \\h?/\\h? \\d{3,9} (?: -\\d{1,5} )? (?! [\\p{L}\\p{N}/_] | [.,]\\p{N} )",
            m -> phones.number(m.all()));
        // 0 89 / 12 34 56, (0 30) 22 73-3 20, 08 00 / 3 30 10 00
        rules.add(
            "0",
            "(?<![\\p{L}\\p{N}.,+/-]) (?: \\( 0 (?: \\h?\\d{1,2} ){1,3} \\) | 0\\d? (?: \\h\\d{1,2} ){1,2} (?= \\h?/ | \\h[–-]\\h\\d\\d\\h ) ) \\h? [/–-]? \\h? \\d{1,3} (?: \\h\\d{2,3} ){1,4}+ (?: \\h?-\\h? \\d{1,2} (?: \\h\\d{2} ){0,2}+ )? (?! [\\p{L}\\p{N}_%/] | \\h?[%€$°-] | [.,]\\p{N} )",
            m -> phones.number(m.all()));
        // 0171-123-4567
        rules.add("0", "<B> 0\\d{2,4} - \\d{2,8} - \\d{1,6} <E>", m -> phones.number(m.all()));
      }
      case "fr" -> {
        // 0 800 12 34 56, le 3639, le 118 218
        rules.add("0", "<B> 0\\h\\d{3} (?: \\h\\d\\d ){3} <E>", m -> phones.number(m.all()));
        // "au 3949", "composez le 3639"
        LatePattern service =
            rules.pattern("(?<!\\p{L}) (?i: au | le | numéro | composez\\hle ) \\h $");
        // 3949, 118 218
        rules.add(
            "0",
            "<B> (?: 3[0-9]\\d\\d | 118\\h?\\d{3} ) <E> (?! \\h \\p{L}{1,20}s (?!\\p{L}) )",
            m -> m.follows(service) ? phones.number(m.all()) : null);
      }
      case "nl" -> {
        // 06-55 44 33 22
        rules.add(
            "0", "<B> 0\\d{1,3} - \\d\\d (?: \\h\\d\\d ){2,4} <E>", m -> phones.number(m.all()));
        // "in 1998 AZ": a year, and a name
        LatePattern year =
            rules.pattern(
                "(?<!\\p{L}) (?i: in|sinds|vanaf|tot|voor|na|uit|jaar|eind|begin|medio ) \\h $");
        // 2511 BT: a postcode
        rules.add(
            "0",
            "<B> (?<n> [1-9]\\d{3} ) \\h (?= (?! <U> (?!\\p{L}) | KG|KM|CM|MM|ML|KW|PK|CV|AD|BC|AM|PM|EU ) [A-Z]{2} (?![\\p{L}\\p{N}]) )",
            m ->
                m.of("n").matches("(?:19|20)\\d\\d") && m.follows(year)
                    ? null
                    : language.numbers().digits(m.of("n")) + " ");
      }
      default -> {}
    }
  }

  /** "AF" as "A F", "G3" as "G three". */
  private static String airline(String code, Language language) {
    return Arrays.stream(code.split("", -1))
        .filter(sign -> !sign.isEmpty())
        .map(sign -> Character.isDigit(sign.charAt(0)) ? language.numbers().digits(sign) : sign)
        .collect(Collectors.joining(" "));
  }

  private static boolean isCall(Match m) {
    String digits = m.all().replaceAll("\\D", "");
    // 1999, 2024
    return digits.length() >= 3 && !m.all().matches("(?:19|20)\\d\\d");
  }

  private String number(String number) {
    String groups =
        GROUP
            .matcher(number)
            .results()
            .map(group -> group(group.group()))
            .collect(Collectors.joining(", "));
    return (number.startsWith("+") ? language.of("plus") + " " : "") + groups;
  }

  /** Digit by digit; in French, groups of two and three are numbers: "quarante-deux". */
  private String group(String digits) {
    boolean number = language.is("fr") && digits.matches("[1-9]\\d{1,2}");
    return number ? language.small(digits) : language.numbers().digits(digits);
  }

  /** "1250" as "twelve fifty", "305" as "three oh five". */
  static String pairs(String digits, Language language) {
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
