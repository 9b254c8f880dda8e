package io.voicebus.chunker.spoken;

import io.voicebus.chunker.spoken.Numbers.Gender;
import java.util.regex.Pattern;

/** Ordinal numbers: "21st", "1er", "2°", "am 3. Oktober", "im 19. Jh.". */
final class Ordinals {
  /** "È il 50° anniversario". */
  private static final Pattern RANKED =
      Pattern.compile("(?i)(?:(?<!\\p{L})(?:il|al|del|nel|dal|un|suo|questo)\\h|l['’])$");

  /** "Ha chiuso 8°". */
  private static final Pattern RESULT =
      Pattern.compile(
          "(?<!\\p{L})(?:chius[oa]|arrivat[oa]|classificat[oa]|piazzat[oa]|finit[oa]|giunt[oa])\\h$");

  private Ordinals() {}

  static void add(Rules rules, Language language) {
    switch (language.words().language) {
      case "en" ->
          // 21st, 1,000th, 2ⁿᵈ, two 5ths
          rules.add(
              "0",
              "<B> (?<n> \\d{1,3}(?:,\\d{3})+ | \\d{1,6} ) (?: st|nd|rd|th|ˢᵗ|ᵗʰ|ʳᵈ|ⁿᵈ ) (?<s> s )? (?! [\\p{L}\\p{N}] )",
              m ->
                  language.numbers().ordinal(Long.parseLong(m.of("n").replace(",", "")), "ordinal")
                      + m.of("s"));
      case "de" -> german(rules, language);
      case "fr" ->
          // 1re, 1er, 2nd, 2de, 3e, 5ème, 1ers
          rules.add(
              "0",
              "<B> (?<n> \\d{1,3}(?:\\h\\d{3})? | \\d{1,4} ) (?: (?<f> re|ère|ʳᵉ|nde|de ) | er | nd | d | ième | ème | e | ᵉ | ᵉʳ ) (?<p> s )? (?! [\\p{L}\\p{N}] )",
              m ->
                  m.all().matches("2n?de?s?")
                      ? (m.has("f") ? "seconde" : "second") + m.of("p")
                      : language
                          .numbers()
                          .ordinal(
                              Long.parseLong(m.of("n").replaceAll("\\h", "")),
                              (m.has("f") ? "ordinal-feminine" : "ordinal-masculine")
                                  + (m.has("p") ? "-plural" : "")));
      case "nl" ->
          // 1ste, 2de, 3e
          rules.add(
              "0",
              "<B> (?<n> \\d{1,6} ) (?: ste | de | e ) (?! [\\p{L}\\p{N}] )",
              m -> language.numbers().ordinal(m.integer("n"), "ordinal"));
      default ->
          // 1.ª, 1a planta, 1er, 2º, 3°, 1.os
          rules.add(
              "0",
              "<B> (?<n> \\d{1,4} ) \\.? (?: (?<f> ª | a(?=s?\\.) | a(?=s?\\h\\p{Ll}{3}) | (?<=\\.)a ) | (?<er> ᵉʳ | er ) | º | °(?!\\h?[CF]\\b) | o(?=\\.\\h | s?\\h\\p{Ll}{3}) | (?<=\\.)o ) (?<p> s )? (?! [\\p{L}\\p{N}] )",
              m -> romance(m, language));
    }
  }

  private static @org.jspecify.annotations.Nullable String romance(Match m, Language language) {
    String all = m.all();
    boolean degree = all.endsWith("°") || all.endsWith("º");
    String next = m.wordAfter();
    if (degree && all.endsWith("°") && m.follows(RESULT)) {
      return language.numbers().ordinal(m.integer("n"), "ordinal-masculine");
    }
    if (degree && all.endsWith("°") && (next.isEmpty() || next.equals("C") || next.equals("F"))) {
      // "il 3º", "nel 3º"
      return language.is("it")
              && !next.equals("C")
              && m.before().matches("(?s).*(?<!\\p{L})(?:il|al|del|nel|il|dal)\\h$")
          ? language.numbers().ordinal(m.integer("n"), "ordinal-masculine")
          : null;
    }
    boolean ranked = language.is("it") && m.follows(RANKED);
    if (all.endsWith("°") && !ranked && (!language.is("it") || m.integer("n") >= 30)) {
      return null;
    }
    if (m.has("er") && !language.is("es")) {
      return null;
    }
    boolean feminine = m.has("f");
    String set = feminine ? "ordinal-feminine" : "ordinal-masculine";
    boolean beforeNoun =
        language.is("es")
            && !feminine
            && !(m.has("p") && !m.has("er"))
            && (m.has("er") || (!next.isEmpty() && language.nouns().of(next) == Gender.MASCULINE));
    String said =
        language
            .numbers()
            .ordinal(m.integer("n"), beforeNoun ? "ordinal-masculine-adjective" : set);
    // "primero y segunda" in the plural
    return m.has("p") && !m.has("er") && !language.is("it")
        ? said.replaceAll("(?<=[ao])(?= |$)", "s")
        : said;
  }

  private static void german(Rules rules, Language language) {
    GermanOrdinals ordinals = new GermanOrdinals(language);
    rules.define("ORDINALLY", language.words().anyOf("ordinal-nouns"));
    // "im 19. und 20. Jahrhundert"
    rules.add(
        "0",
        "(?<![\\p{L}\\p{N}.,]) (?<a> \\d{1,3} ) \\. (?: (?<joint> \\h (?:und|bis|oder) \\h (?:zum\\h)? ) | \\h?[-–]\\h? | / ) (?<b> \\d{1,3} ) \\. \\h (?<noun> <ORDINALLY> ) (?!\\p{L})",
        m -> {
          String noun = m.of("noun");
          String joint = m.has("joint") ? m.of("joint").strip() : "bis";
          return ordinals.say(m.integer("a"), m, noun)
              + " "
              + joint
              + " "
              + ordinals.say(m.integer("b"), m, noun)
              + " "
              + noun(noun);
        });
    rules.add(
        "0",
        "(?<![\\p{L}\\p{N}.,]) (?<n> \\d{1,4} ) \\. \\h (?<noun> <ORDINALLY> ) (?!\\p{L})",
        m -> ordinals.say(m.integer("n"), m, m.of("noun")) + " " + noun(m.of("noun")));
    // "die 2. und 3. Strophe", "unser 2. Hund", "als 3. Kind", "der 1. FC"
    rules.define(
        "BEFORE",
        "(?i: (?:ab|als|dank|am|im|vom|zum|beim|zur|das|d(?:ie|er|en|em|es|iese[rnms]?)|jede[rnms]?) | (?:k?ein|mein|dein|sein|ihr|unser|euer|unsr|eur)(?:e[rnms]?)? )");
    // "am 3. Tag", "am 3. und 4. Tag", "die 1.000. Seite"
    rules.add(
        "0",
        "(?= \\d ) (?<= \\h ) (?<= (?<!\\p{L}) <BEFORE> \\h ) (?<a> \\d{1,3}(?:\\.\\d{3})? ) \\. (?: \\h (?<joint> und|oder|bis ) \\h (?<b> \\d{1,3} ) \\. )? (?= \\h (?<noun> \\p{L}{2,30} ) )",
        m -> {
          String noun = m.of("noun");
          String first = ordinals.say(Long.parseLong(m.of("a").replace(".", "")), m, noun);
          return m.has("b")
              ? first + " " + m.of("joint") + " " + ordinals.say(m.integer("b"), m, noun)
              : first;
        });
    // "der 3., letzte Akt"
    rules.add(
        ".",
        "(?= \\d ) (?<= (?<!\\p{L}) <BEFORE> \\h ) (?<n> \\d{1,3} ) \\. (?= , \\h \\p{Ll} )",
        m -> ordinals.say(m.integer("n"), m, ""));
    // "wurde 12. von 340 Startern", "ist nun 3. in der Tabelle"
    rules.add(
        "0",
        "(?= \\d ) (?<= \\p{Ll} \\h ) (?<n> \\d{1,3} ) \\. (?= \\h (?: von|in|im|beim|hinter|der|des|ins|geworden ) (?!\\p{L}) )",
        m -> ordinals.say(m.integer("n"), m, ""));
    // "1. April" is a date; "der 1." at an end
    rules.add(
        "0",
        "(?= \\d ) (?<= (?<!\\p{L}) (?i:am|vom|zum|den|dem) \\h ) (?<n> 3[01]|[12]?\\d ) \\. (?= \\h (?:bis|und|oder) \\h )",
        m -> language.numbers().ordinal(m.integer("n"), "ordinal-n"));
  }

  private static String noun(String written) {
    return switch (written) {
      case "Jh." -> "Jahrhundert";
      case "Aufl." -> "Auflage";
      case "Etg." -> "Etage";
      case "OG" -> "Obergeschoss";
      case "UG" -> "Untergeschoss";
      default -> written;
    };
  }
}
