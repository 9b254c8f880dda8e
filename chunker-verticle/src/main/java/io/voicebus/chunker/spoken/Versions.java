package io.voicebus.chunker.spoken;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Versions, addresses of machines, and what looks like them, before dates and decimals take a part.
 */
final class Versions {
  /** "17", "rc", "." of 17.0-rc1. */
  private static final Pattern PIECE = Pattern.compile("\\d+|\\p{L}+|[.+-]");

  /** 4.18.2, and neither a date nor a number. */
  private static final Pattern VERSION =
      Pattern.compile("(?<![\\d.,])[v^~]?\\d{1,2}\\.\\d{1,2}\\.\\d{1,3}(?![\\d.]|\\h?[€$%])");

  private Versions() {}

  /** Versions and what looks like them: before dates and decimals take a part. */
  static void add(Rules rules, Language language) {
    rules.define("PRODUCT", language.words().anyOf("versions"));
    // v1.9.0, v2.0.0-rc.1, v2
    rules.add(
        "0",
        "(?<![\\p{L}\\p{N}.]) [vV] (?<v> \\d{1,4} (?: \\.\\d{1,5} ){0,4} (?: \\.x (?!\\p{L}) )? (?: -(?: alpha|beta|rc|pre|dev )(?:\\.?\\d{1,3})? )? ) (?! [\\p{L}\\p{N}_] | [.-]\\p{N} )",
        m -> {
          if (m.all().matches("V(?:[468]|1[026])")) {
            return "V " + language.small(m.of("v")); // an engine
          }
          boolean said = m.wordBefore().equalsIgnoreCase(versionWord(language));
          return (said ? "" : versionWord(language) + " ") + version(m.of("v"), language);
        });
    // Node 20.x, "the 2.x branch"
    rules.add(
        "x",
        "(?= \\d{1,3} \\.[\\dx] ) (?<![\\p{L}\\p{N}.,_]) (?<v> \\d{1,3} (?: \\.\\d{1,3} )? \\.x ) (?! [\\p{L}\\p{N}_] )",
        m -> version(m.of("v"), language));
    // Python 3.12, iOS 17.4.1, version 2.0
    rules.add(
        "0",
        "(?= \\d{1,4} \\.\\d ) (?<![\\p{Nd}.,]) (?<= (?<!\\p{L}) (?:<PRODUCT>) \\h? ) (?<v> \\d{1,4} (?: \\.\\d{1,5} ){1,4} (?: -(?: alpha|beta|rc )(?:\\.?\\d{1,3})? )? ) (?! [\\p{L}\\p{N}_%] | [.,]\\p{N} )",
        m -> version(m.of("v"), language));
    if (language.is("en")) {
      // "^4.18.2 allows 4.19": beside a version of three parts
      rules.add(
          ".",
          "<B> (?<v> \\d{1,2} \\. \\d{1,3} ) (?! [\\p{L}\\p{N}_%°$€£-] | [.,]\\p{N} | \\h <U> <UEND> )",
          m -> VERSION.matcher(m.text()).find() ? version(m.of("v"), language) : null);
    }
    // 6.022e23, 3e-5
    rules.add(
        "eE",
        "<B> (?<n> \\d{1,3} (?: [.,]\\d{1,9} )?+ ) [eE] (?<p> [+−-]?\\d{1,3} ) (?! [\\p{L}\\p{N}_-] | [.,]\\p{N} )",
        m ->
            language.numbers().say(m.of("n"))
                + " "
                + language.of("times")
                + " "
                + language.small("10")
                + " "
                + language.of("power")
                + " "
                + (m.of("p").matches("[−-].*") ? language.of("minus") + " " : "")
                + language.small(m.of("p").replaceFirst("^[+−-]", "")));
    // 1080p
    rules.add(
        "pi",
        "<B> (?<n> 240|360|480|576|720|1080|1440|2160|4320 ) (?<l> [pi] ) (?: (?<f> 24|25|30|50|60|120 ) )?+ (?! [\\p{L}\\p{N}_] )",
        m ->
            (language.is("en") ? Telephones.pairs(m.of("n"), language) : language.small(m.of("n")))
                + " "
                + m.of("l")
                + (m.has("f") ? " " + language.small(m.of("f")) : ""));
    // 192.168.0.1:8080, 2.10.3
    rules.add(
        "0",
        "(?<![\\p{L}\\p{N}.,]) (?<v> \\d{1,5} (?: \\.\\d{1,5} ){2,5} ) (?<port> :\\d{2,5} )? (?<mask> /\\d{1,2} )? (?! [\\p{L}\\p{N}_] | [.,]\\p{N} )",
        m -> {
          if (!language.is("en") && grouped(m.of("v"))) {
            return null;
          }
          return dots(m.of("v"), language)
              + (m.has("port")
                  ? " " + language.of("colon") + " " + language.numbers().digits(m.of("port"))
                  : "")
              + (m.has("mask")
                  ? " " + language.of("slash") + " " + language.small(m.of("mask").substring(1))
                  : "");
        });
  }

  private static String versionWord(Language language) {
    return switch (language.words().language) {
      case "en", "de", "fr" -> "version";
      case "es" -> "versión";
      case "it" -> "versione";
      case "nl" -> "versie";
      default -> "versão";
    };
  }

  /** "3.677.472" has groups of three: a number, no version; "255.255.255.192" is a mask. */
  private static boolean grouped(String written) {
    return written.matches("[1-9]\\d{0,2}(?:\\.\\d{3})+") && !written.startsWith("255.255.");
  }

  private static String version(String version, Language language) {
    StringBuilder said = new StringBuilder();
    Matcher pieces = PIECE.matcher(version);
    while (pieces.find()) {
      String piece = pieces.group();
      String words =
          switch (piece) {
            case "." ->
                said.toString().matches(".*\\p{L}")
                        && Character.isLetter(version.charAt(pieces.start() - 1))
                    ? ""
                    : language.is("en") ? "point" : language.of("dot");
            case "-" -> "";
            case "+" -> language.of("plus");
            default ->
                Character.isDigit(piece.charAt(0))
                    ? part(piece, language)
                    : piece.equals("rc") ? "R C" : piece;
          };
      said.append(said.isEmpty() || words.isEmpty() ? "" : " ").append(words);
    }
    return said.toString();
  }

  /** "H2O" as "H two O". */
  static String spaced(String token, Language language) {
    return PIECE
        .matcher(token)
        .results()
        .map(
            piece ->
                Character.isDigit(piece.group().charAt(0))
                    ? language.small(piece.group())
                    : piece.group())
        .collect(Collectors.joining(" "));
  }

  static String dots(String written, Language language) {
    StringBuilder said = new StringBuilder();
    for (String part : written.split("\\.", -1)) {
      said.append(said.isEmpty() ? "" : " " + language.of("dot") + " ")
          .append(part(part, language));
    }
    return said.toString();
  }

  private static String part(String digits, Language language) {
    return digits.startsWith("0") && digits.length() > 1
        ? language.numbers().digits(digits)
        : language.small(digits);
  }
}
