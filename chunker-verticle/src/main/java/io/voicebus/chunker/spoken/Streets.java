package io.voicebus.chunker.spoken;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Streets, post codes, highways and points of the compass, as addresses and directions have them.
 */
final class Streets {
  /** The first words of lines with a number of five digits. */
  private static final Set<String> COUNTED =
      Set.of(
          "Menschen",
          "Einwohner",
          "Personen",
          "Mitarbeiter",
          "Besucher",
          "Zuschauer",
          "Kunden",
          "Schritte",
          "Euro",
          "Dollar",
          "Franken",
          "Punkte",
          "Zeichen",
          "Wörter",
          "Kilometer",
          "Meter",
          "Stück",
          "Tonnen",
          "Stimmen",
          "Fälle",
          "Jahre",
          "Stunden",
          "Aufrufe");

  private Streets() {}

  static void add(Rules rules, Language language) {
    if (language.is("en")) {
      english(rules, language);
      highways(rules);
    }
    if (language.is("de")) {
      german(rules, language);
    }
  }

  private static void english(Rules rules, Language language) {
    Map<String, String> afterName = language.words().map("short-after-name");
    rules.define("STREET", language.words().anyOf("street"));
    // "on 5th Ave.", "Pennsylvania Ave. NW"
    rules.add(
        ".",
        "(?= (?:Ave|Blvd|Rd|Ln|Pkwy|Hwy)\\. ) (?<= \\d(?:st|nd|rd|th) \\h | \\p{Lu} [\\p{L}'’]{1,20} \\h ) (?<s> Ave|Blvd|Rd|Ln|Pkwy|Hwy ) \\. (?! [\\p{L}\\p{N}] | \\h (?! [NS][EW]? (?!\\p{L}) | (?: in|at|and|or|near|to|is|was|by ) \\h ) \\p{L} )",
        m -> ShortForms.stop(m, afterName.getOrDefault(m.of("s") + ".", m.all())));
    // "5th St. is"
    rules.add(
        ".",
        "(?<= \\d(?:st|nd|rd|th) \\h ) St \\. (?! [\\p{L}\\p{N}] )",
        m -> ShortForms.stop(m, "Street"));
    // "on 34th St, Apt 5C"
    rules.add(
        "SA",
        "(?<= \\d(?:st|nd|rd|th) \\h ) (?<s> St|Ave ) (?= , | $ )",
        m -> m.of("s").equals("St") ? "Street" : "Avenue");
    // "the 3rd Ave. shop"
    rules.add(
        "A",
        "(?<= \\d(?:st|nd|rd|th) \\h ) Ave\\. (?! [\\p{L}\\p{N}] )",
        m -> ShortForms.stop(m, "Avenue"));
    // "10 Downing St, London"
    rules.add(
        "SARBDL",
        "(?<= (?<!\\p{N}) \\d{1,5} \\h \\p{Lu}[\\p{L}'’]{1,20} \\h ) (?<s> St|Ave|Rd|Blvd|Dr|Ln ) (?= , | \\h (?: [NS][EW] (?!\\p{L}) | Apt | Suite | Ste | Unit | Floor | \\# ) | $ )",
        m -> afterName.getOrDefault(m.of("s") + ".", m.all()));
    // "1420 N. Charles St.", "on W 4th Street", "along NE Sandy Blvd"
    rules.add(
        "NSEW",
        "(?<= \\d \\h | (?<!\\p{L}) (?: on|onto|along|toward|towards|to|from|at|of|via|up|down|and|near ) \\h ) (?<c> [NS][EW]? | [EW] ) \\.? (?= \\h (?: \\d{1,3}(?:st|nd|rd|th) | \\p{Lu}[\\p{L}'’]{1,20}+ (?: \\h \\p{Lu}[\\p{L}'’]{1,20}+ )? ) \\h <STREET> (?!\\p{L}) )",
        m -> point(m.of("c"), true));
    // "Apt 4B", "Fl 12"
    rules.add(
        "AF",
        "(?<= (?: , | St | Ave | Rd | Blvd | Street | Avenue | Road ) \\h ) (?<s> Apt|Fl ) (?= \\h \\d )",
        m -> m.of("s").equals("Fl") ? "Floor" : "Apartment");
    // "Sacramento, CA 94269"
    Map<String, String> states = language.words().map("states");
    rules.define("STATE", Words.anyOf(states.keySet()));
    rules.add(
        "0",
        "(?<= \\p{Ll} ,?\\h ) (?<s> <STATE> ) (?= \\h \\d{5} (?! \\p{N} ) )",
        m -> states.get(m.of("s")));
    // "Washington, D.C. 20500"
    rules.add(
        "0",
        "(?<= (?<!\\p{L}) D\\.?C\\. ,?\\h ) \\d{5} (?! [\\p{L}\\p{N}] )",
        m -> language.numbers().digits(m.all()));
    // "P.O. Box 942869"
    rules.add(
        "0",
        "(?<![\\p{L}\\p{N}]) P\\.?\\h?O\\.? \\h (?<b> [Bb]ox ) \\h (?<n> \\d{1,7} ) <E>",
        m ->
            "PO "
                + m.of("b")
                + " "
                + (m.of("n").length() > 3
                    ? language.numbers().digits(m.of("n"))
                    : language.small(m.of("n"))));
  }

  private static void highways(Rules rules) {
    // "Take I-95 N for", "US-101 South", "Route 9 W": no newtons, no watts
    rules.add(
        "0",
        "(?= [NSEW] ) (?<= (?<!\\p{L}) (?: (?: I|US|SR|[A-Z][A-Z] ) [-‑] | (?: I|US|Hwy\\.?|Highway|Route|Rte\\.?|Interstate ) \\h ) \\d{1,3} \\h ) (?<c> [NSEW] ) (?<b> B )? (?! [\\p{L}\\p{N}°] )",
        m -> point(m.of("c"), !m.has("b")) + (m.has("b") ? "bound" : ""));
    // "Head NW on 5th Ave", "turn E onto"
    rules.add(
        "NSEW",
        "(?<= (?<!\\p{L}) (?i: then|head|heading|go|going|turn|drive|walk|continue|facing|travel|bear|proceed ) \\h ) (?<c> [NS][EW]? | [EW] ) (?= \\h (?: on|along|toward|towards|for|onto|to|until|through|at|about|past|\\d ) | [,;] | \\.? $ )",
        m -> point(m.of("c"), false));
  }

  /** "NW" as "northwest", or "Northwest" in a name. */
  private static String point(String written, boolean name) {
    String said =
        switch (written) {
          case "N" -> "north";
          case "S" -> "south";
          case "E" -> "east";
          case "W" -> "west";
          case "NE" -> "northeast";
          case "NW" -> "northwest";
          case "SE" -> "southeast";
          default -> "southwest";
        };
    return name ? Character.toUpperCase(said.charAt(0)) + said.substring(1) : said;
  }

  private static void german(Rules rules, Language language) {
    rules.define(
        "STRASSE",
        "(?: (?<=\\p{L}) (?: straße|str\\.|weg|platz|allee|gasse|ring|damm|ufer|markt|berg|hof|steig|chaussee ) | (?<!\\p{L}) (?: Straße|Str\\.|Weg|Platz|Allee|Gasse|Ring|Damm|Ufer|Markt|Chaussee ) )");
    // "Karl-Marx-Str. 83", "Warschauer Str. fährt"
    rules.add(
        "S",
        "(?<= - | \\p{L}er \\h ) Str\\. (?= \\h? [\\p{N},;)] | \\h\\p{Ll} | $ )",
        m -> ShortForms.stop(m, "Straße"));
    // "Hauptstr." at an end
    rules.add(".", "(?<= \\p{Ll}{2} ) str\\. (?= $ )", m -> Rules.GLUE + "straße.");
    // "Lindenallee 12a", "Hauptplatz 4/2", "Ringstraße 5-7"
    rules.add(
        "0",
        "(?= \\d ) (?<= <STRASSE> \\h ) (?<n> \\d{1,3} ) (?: \\h? (?<l> [a-h] ) | (?<s> / ) (?<m> \\d{1,3} ) )? (?! [\\p{L}\\p{N}/] | [.,]\\p{N} | \\h?[-–]\\h?\\d )",
        m ->
            language.small(m.of("n"))
                + (m.has("l") ? " " + m.of("l") : "")
                + (m.has("s")
                    ? " " + language.of("law-slash") + " " + language.small(m.of("m"))
                    : ""));
    // "83, 12040 Berlin", "Hauptplatz 4/2, 8010 Graz"
    rules.add(
        "0",
        "(?= \\d ) (?<= \\p{L}[\\p{L}.] \\h \\d{1,3} (?: \\h?[a-h] | [/–-]\\d{1,3} )? ,\\h (?: [DACH]{1,2}-\\h? )? ) \\d{4,5} (?= \\h \\p{Lu}\\p{Ll} )",
        m -> m.all().endsWith("000") ? null : language.numbers().digits(m.all()));
    // "80335 München" in a line of its own
    rules.add(
        "0",
        "(?<= ^ | ^ D-\\h? ) \\d{5} (?= \\h (?<name> \\p{Lu}\\p{Ll}{2,20}+ ) (?: [\\h-] [\\p{L}.()/]{1,20}+ ){0,3}+ \\.? $ )",
        m -> place(m, language));
    // "im EG"
    rules.add("E", "(?<= (?<!\\p{L}) im \\h ) EG (?! [\\p{L}\\p{N}-] )", m -> "Erdgeschoss");
  }

  /** A post code, unless it counts people or things. */
  private static @Nullable String place(Match m, Language language) {
    return COUNTED.contains(m.of("name")) || m.all().endsWith("000")
        ? null
        : language.numbers().digits(m.all());
  }
}
