package io.voicebus.chunker.spoken;

import io.voicebus.chunker.spoken.Numbers.Gender;
import java.util.regex.Pattern;

/** Ranges, lists of numbers, and all numbers that no other rule has taken. */
final class Plain {
  /** "6-4, 6-2": more results beside it. */
  private static final Pattern SETS = Pattern.compile(",?\\h\\d{1,2}[-–]\\d{1,2}(?!\\p{N})");

  /** The results before it. */
  private static final Pattern SETS_BEFORE =
      Pattern.compile("(?<!\\p{N})\\d{1,2}[-–]\\d{1,2},?\\h$");

  /** "The team is 7-3 this season": matches won and lost. */
  private static final Pattern RECORD =
      Pattern.compile("(?<!\\p{L})(?:team (?:is|was)|went|record (?:is|of|was))\\h$");

  /** What parts the two sides of a reaction. */
  private static final Pattern REACTION = Pattern.compile("→|⇌|->|=");

  private Plain() {}

  /** "il fera –3 °C": a dash that typesetters use as a sign. */
  static void signs(Rules rules, Language language) {
    rules.add(
        "–", "(?<= ^ | [\\h(] ) (?<! [\\d%°] \\h ) – (?= \\d )", m -> language.of("minus") + " ");
  }

  /** ".5", ".300": a decimal without a whole. */
  static void points(Rules rules, Language language) {
    if (!language.is("en")) {
      return;
    }
    // .5 mm
    rules.add(
        ".",
        "(?<= ^ | [\\h(] ) \\. (?= \\d{1,2} \\h <U> <UEND> )", // .5 mm, which units say
        m -> language.of("point"));
    // ".5", "(.300"
    rules.add(
        ".",
        "(?<= ^ | [\\h(<>=≤≥≈~] ) \\. (?<n> \\d{1,4} ) <E>",
        m -> language.of("point") + " " + language.numbers().digits(m.of("n")));
  }

  /** "to", but what a score says: "three one" in Dutch. */
  private static String joint(Match m, Language language) {
    boolean score = isScore(m, language);
    boolean sets = m.follows(SETS_BEFORE) || m.precedes(SETS);
    if (score && (language.is("nl") || sets)) {
      return "";
    }
    if (language.is("en") && m.follows(RECORD)) {
      return "and ";
    }
    boolean own = score && (language.is("de") || language.is("it"));
    String to = own ? language.of("score") : language.to(m);
    return to.isEmpty() ? "" : to + " ";
  }

  /** A result: where words of matches are, or the second number is no larger than the first. */
  private static boolean isScore(Match m, Language language) {
    boolean few = m.of("a").length() <= 3 && m.of("b").length() <= 3 && m.all().length() < 8;
    boolean small = m.of("a").length() <= 2 && m.of("b").length() <= 2;
    boolean digits = (m.of("a") + m.of("b")).chars().allMatch(Character::isDigit);
    return few
        && digits
        && ((small && language.talksOf("scores", m))
            || Integer.parseInt(m.of("a")) >= Integer.parseInt(m.of("b")));
  }

  private static long number(String written) {
    return Long.parseLong("0" + written.replace(".", ""));
  }

  static void add(Rules rules, Language language) {
    // "10- bis 14-Jährigen"
    if (language.is("de")) {
      rules.add(
          "J",
          "(?<! [\\p{L}\\p{N}] ) (?<n> \\d{1,3} ) -J (?= ährig )",
          m -> language.small(m.of("n")) + "j" + Rules.GLUE);
    }
    // "4er-Gruppe", "in den 50ern"
    if (language.is("de")) {
      // "4er", "50ern", "4ers"
      rules.add(
          "e",
          "(?<![\\p{L}\\p{N}.,]) (?<n> \\d{1,3} ) er (?<n2> n|s )? (?! \\p{L} )",
          m -> (m.of("n").equals("1") ? "einser" : language.small(m.of("n")) + "er") + m.of("n2"));
    }
    // "G7-Staaten", "A4-papier"
    rules.add(
        "-",
        "(?<![\\p{L}\\p{N}_.-]) (?<l> \\p{Lu}{1,2} ) (?<n> [1-9]\\d{0,2} ) (?= - \\p{L}{2} )",
        m -> m.of("l") + " " + language.small(m.of("n")));
    // "cells A1–A10"
    rules.add(
        "–-",
        "(?<= (?<!\\p{L}) \\p{Lu}\\d{1,3} ) [–-] (?= \\p{Lu}\\d{1,3} (?![\\p{L}\\p{N}]) )",
        m -> language.of("to"));
    // "el 11-S"
    if (language.is("es")) {
      rules.add("-", "<B> \\d{1,2}-[A-Z] (?![\\p{L}\\p{N}])", m -> m.all());
    }
    // "Group No. 88-1204": no range
    rules.add(
        "-",
        "(?= - ) (?<= (?<!\\p{L}) (?: No\\.|Nr\\.|#|n[º°] ) \\h? \\d{1,4} ) - (?= \\d{3,6} (?! [\\p{N}/-] | [.,]\\p{N} ) )",
        m -> " " + language.of("dash") + " ");
    // "n. 196/2003", "loi n° 78-17": the number of a law
    rules.add(
        "/-",
        "(?= [/-] ) (?<= (?<![\\p{L}] ) (?: n\\. | n\\.º | [nN][º°] | N[or]\\. ) \\h? (?<a> [\\d.]{1,7} ) ) (?<s> [/-] ) (?= (?<b> \\d{2,4} ) (?! [\\p{N}/-] | [.,]\\p{N} ) )",
        m ->
            m.of("s").equals("/")
                ? " " + language.of("law-slash") + " "
                : number(m.of("a")) > number(m.of("b")) ? " " + language.of("dash") + " " : null);
    if (language.is("de")) {
      // "Herrengasse 14, 1010 Wien"
      rules.add(
          "0",
          "(?<= , \\h | A- | CH- ) \\d{4} (?= \\h (?: Wien|Graz|Linz|Salzburg|Innsbruck|Klagenfurt|Bern|Zürich|Basel|Genf|Luzern|Winterthur|St\\.\\hGallen ) (?!\\p{L}) )",
          m -> language.numbers().digits(m.all()));
    }
    if (!language.is("en") && !language.is("de")) {
      // "Ley 39/2015"
      rules.add(
          "/",
          "(?= / ) (?<= (?<!\\p{L}) (?: [Ll]ey|[Dd]ecreto|[Oo]rgánica|[Ll]ei|[Ll]egge|[Ll]oi|[Ww]et|[Pp]ortaria|[Cc]omplementar|[Dd]ecreto-[Ll]ei|LO|RD|RDL|[Dd]\\.\\h?[Ll]gs\\.|D\\.P\\.R\\.|D\\.L\\. ) \\h [\\d.]{1,7} ) / (?= (?:19|20)\\d\\d (?! [\\p{N}/-] | [.,]\\p{N} ) )",
          m -> " " + language.of("law-slash") + " ");
    }
    // "10–20", "3-5 times", "1.5–2 meters", "10,000 – 12,000"
    rules.add(
        "-–—‑",
        "(?<![\\p{L}\\p{N}_-]) (?<!\\p{N}[.,]) (?<a> <N> ) (?: [-–—‑] | \\h[-–—]\\h ) (?<b> <N> ) <E> (?! - (?! \\p{L}{3} ) )",
        m -> {
          if (m.of("b").length() > 1 && m.of("b").startsWith("0") && m.of("a").length() > 2) {
            return null; // "2024-0815"
          }
          boolean score = isScore(m, language);
          boolean alone =
              m.of("a").equals("1")
                  && (language.is("de")
                      || ((language.is("es") || language.is("it"))
                          && language.nouns().of(m.noun()) != Gender.FEMININE));
          String first = score || alone ? language.small(m.of("a")) : language.count(m.of("a"), m);
          String last = score ? language.small(m.of("b")) : language.count(m.of("b"), m);
          if (first == null || last == null) {
            return m.of("a") + " " + joint(m, language) + m.of("b");
          }
          boolean one =
              language.is("de") && m.of("a").equals("1") && language.nouns().counts(m.wordAfter());
          return (one ? "ein" : first) + " " + joint(m, language) + last;
        });
    // "18+", "HTTP/2"
    rules.add(
        "+",
        "(?<= \\p{N} ) \\+ (?! [\\p{L}\\p{N}+] | \\h?[\\p{N}(=] )",
        m -> " " + language.of("plus"));
    // HTTP/2
    rules.add("/", "(?<= \\p{Lu}{2} ) / (?= \\p{N} )", m -> " ");
    // IPv6
    rules.add("v", "(?<= IPv ) \\d (?! \\p{Nd} )", m -> " " + language.small(m.all()));
    if (language.is("en")) {
      // "a B- in maths"
      rules.add("-", "(?<= (?<!\\p{L}) an? \\h [A-DF] ) - (?= \\h )", m -> " minus");
    }
    // "N-340", "A-7"
    rules.add("-", "(?<= (?<!\\p{L}) \\p{Lu} - ) \\d{1,4} <E>", m -> language.small(m.all()));
    // 2H2 + O2 → 2H2O
    rules.add(
        "→⇌>=",
        "(?<![\\p{L}\\p{N}_.,-]) (?<n> \\d{1,2} ) (?<f> (?: \\p{Lu}\\p{Ll}? \\d{0,2} ){1,6}+ ) (?! [\\p{L}\\p{N}_-] )",
        m ->
            REACTION.matcher(m.text()).find() && m.of("f").matches(".*\\d.*|.*\\p{Lu}.*\\p{Lu}.*")
                ? language.small(m.of("n")) + " " + Versions.spaced(m.of("f"), language)
                : null);
    // "H2O", "C6H12O6", "B2B"
    rules.add(
        "0",
        "(?<![\\p{L}\\p{N}_.-]) (?: \\p{Lu}\\p{Ll}? \\d{0,2} ){1,5} (?<= \\d ) (?: \\p{Lu}\\p{Ll}?\\d{0,2} ){1,5} (?! [\\p{L}\\p{N}_-] )",
        m -> Versions.spaced(m.all(), language));
    // "B12", "HTML5", "14C", "5G"
    rules.add(
        "0",
        "(?<![\\p{L}\\p{N}_.-]) (?<l> \\p{Lu}{1,5} ) (?<n> [1-9]\\d{0,3} ) (?! [\\p{L}\\p{N}_-] | [.,]\\p{N} )",
        m ->
            m.of("l")
                + " "
                + (m.all().matches("FY(?:19|20)\\d\\d")
                    ? language.year(m.of("n"))
                    : language.small(m.of("n"))));
    // C08
    rules.add(
        "0",
        "(?<![\\p{L}\\p{N}_.-]) (?<l> \\p{Lu} ) (?<n> 0\\d{1,2} ) (?! [\\p{L}\\p{N}_-] | [.,]\\p{N} )",
        m -> m.of("l") + " " + language.numbers().digits(m.of("n")));
    // 4K, 5G
    rules.add(
        "0",
        "<B> (?<n> \\d{1,3} ) (?<l> \\p{Lu}{1,2} ) (?! [\\p{L}\\p{N}_'’-] | \\.\\p{L} )",
        m -> language.small(m.of("n")) + " " + m.of("l"));
    // COVID-19
    rules.add("-–", "(?<= \\p{L} ) [-–] (?= \\p{N} )", m -> m.all().equals("-") ? "-" : null);
    // "No. 5", "Nr. 5", "n° 5", "№ 5", "#5"
    rules.add(
        "#№Nn",
        "(?<![\\p{L}\\p{N}&#]) (?: \\# | №\\h? | (?<word> No | Nos | Nr | N[°ºr] | n[°ºr] | n\\.º | nº | núm | num | nr | n(?=\\.\\h\\d) ) \\.? \\h? ) (?= \\d )",
        m -> {
          if (m.of("word").isEmpty()) {
            return language.of("number") + " ";
          }
          String before = m.before().stripTrailing();
          boolean answer =
              m.of("word").equals("No")
                  && (before.isEmpty() || ".?!:".indexOf(before.charAt(before.length() - 1)) >= 0);
          boolean no = m.of("word").equals("No") && !m.all().contains(".");
          return answer
                  || no
                  || m.of("word").equals("num")
                  || (m.of("word").equals("n") && !language.is("it") && !language.is("fr"))
              ? null
              : language.of("number") + " ";
        });
    if (language.is("it")) {
      // "un'ora", "uno studente"
      rules.add(
          "1",
          "<B> 1 (?<gap> \\h ) (?= (?<noun> \\p{Ll}{2,30}+ ) )",
          m -> {
            Gender gender = language.nouns().of(m.of("noun"));
            boolean vowel = "aeiou".indexOf(m.of("noun").charAt(0)) >= 0;
            // "1 studente", "1 scherzo", "1 zaino", "1 gnomo", "1 psicologo"
            boolean hard = m.of("noun").matches("(?:s[^aeiouh]|sch|z|gn|ps|x|y).*");
            return gender == Gender.FEMININE && vowel
                ? "un'"
                : gender == Gender.MASCULINE && hard ? "uno " : null;
          });
    }
    // 42, 1,250.5, 1.250,5
    rules.add(
        "0",
        "<B> (?<n> <N> ) <E>",
        m -> {
          if (!language.is("en") && m.of("n").matches("\\d{1,3}\\.\\d{1,2}")) {
            return Versions.dots(m.of("n"), language); // a full stop is no decimal mark here
          }
          if (language.is("de") && m.of("n").equals("1") && m.after().matches("(?s)-\\p{L}.*")) {
            return "ein"; // "ein 1-Liter-Topf"
          }
          String said = language.count(m.of("n"), m);
          return said == null ? m.all() : said;
        });
    // letters glued to a number: "B2B", "mp3", "4K", "5G": as they are for the voice
    if (language.is("de")) {
      // "3-mal", "3fach", "12jährig"
      rules.add(
          "0",
          "(?<! \\p{L} ) (?<n> \\d{1,3} ) (?= -\\p{L} | (?:fach|mal|jährig|tägig|stündig|minütig|prozentig)\\p{L}{0,3} (?!\\p{L}) )",
          m ->
              language
                  .numbers()
                  .cardinal(
                      m.integer("n"), m.of("n").equals("1") ? Gender.MASCULINE : Gender.NONE));
    }
  }
}
