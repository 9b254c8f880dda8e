package io.voicebus.chunker.spoken;

import io.voicebus.chunker.spoken.Numbers.Gender;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The endings of German ordinals: "der dritte", "am dritten", "dritter Mai". */
final class GermanOrdinals {
  private static final Set<String> FEMININE =
      Set.of(
          "Klasse",
          "Etage",
          "Woche",
          "Runde",
          "Auflage",
          "Aufl.",
          "Etg.",
          "Liga",
          "Bundesliga",
          "Minute",
          "Halbzeit",
          "Reihe",
          "Staffel",
          "Folge",
          "Sinfonie",
          "Symphonie",
          "Stunde",
          "Generation");

  /** Its ending tells the gender: "sein 1. Brandenburgisches Konzert", "ihr 2. großer Erfolg". */
  private static final Pattern ADJECTIVE =
      Pattern.compile("(?:\\p{L}+(?:sch|lich|ig)|groß|klein|neu|alt|weiter)(e[rs]?)");

  private static final Set<String> NEUTER =
      Set.of(
          "Jahrhundert",
          "OG",
          "UG",
          "Jahrtausend",
          "Kapitel",
          "Jahr",
          "Stockwerk",
          "Lebensjahr",
          "Semester",
          "Quartal",
          "Mal",
          "Jh.");

  private static final Set<String> PREPOSITIONS =
      Set.of(
          "ab",
          "an",
          "auf",
          "aus",
          "bei",
          "dank",
          "hinter",
          "in",
          "mit",
          "nach",
          "neben",
          "seit",
          "trotz",
          "unter",
          "von",
          "vor",
          "während",
          "wegen",
          "zu",
          "zwischen",
          "über",
          "außer",
          "gegenüber",
          "laut");

  private final Language language;
  private final Set<String> weakN;
  private final Set<String> weakE;

  GermanOrdinals(Language language) {
    this.language = language;
    weakN = language.words().set("ordinal-weak-n");
    weakE = language.words().set("ordinal-weak-e");
  }

  /** The ordinal before a noun, bending with the word before it. */
  String say(long number, Match m, String noun) {
    return language.numbers().ordinal(number, ruleSet(m, noun));
  }

  private String ruleSet(Match m, String noun) {
    String before = m.wordBefore();
    String word = before.toLowerCase(Locale.ROOT);
    Gender gender = gender(noun);
    // "am Montag, 5. Mai"
    if (before.isEmpty()
        && (m.before().endsWith("v. ")
            || m.before().matches("(?s).*[*†]\\h?") // "(* 28. August 1749"
            || m.before().matches("(?s).*(?:am|vom|zum|dem|den) \\p{L}{2,10}\\.?, ?$"))) {
      return "ordinal-n"; // "am Montag, 5. Mai"
    }
    if (word.equals("der")) {
      return isDative(m) ? "ordinal-n" : "ordinal";
    }
    if (weakN.contains(word) || noun.endsWith("hunderts")) {
      return "ordinal-n";
    }
    if (weakE.contains(word) || (word.endsWith("e") && weakN.contains(word + "n"))) {
      return "ordinal";
    }
    return gender == Gender.FEMININE
        ? "ordinal"
        : gender == Gender.NEUTER ? "ordinal-s" : "ordinal-r";
  }

  /** Whether "der" is of the dative or genitive: after a preposition or a noun. */
  private static boolean isDative(Match m) {
    String rest = m.before().stripTrailing();
    String earlier = rest.substring(0, Math.max(0, rest.length() - 3)).stripTrailing();
    String word = earlier.substring(earlier.lastIndexOf(' ') + 1);
    boolean noun =
        earlier.contains(" ")
            && !word.isEmpty()
            && !word.endsWith(",")
            && Character.isUpperCase(word.charAt(0));
    return noun || PREPOSITIONS.contains(word.toLowerCase(Locale.ROOT));
  }

  private Gender gender(String noun) {
    Matcher adjective = ADJECTIVE.matcher(noun);
    if (adjective.matches()) {
      return switch (adjective.group(1)) {
        case "es" -> Gender.NEUTER;
        case "er" -> Gender.MASCULINE;
        default -> Gender.FEMININE;
      };
    }
    if (NEUTER.contains(noun)) {
      return Gender.NEUTER;
    }
    return FEMININE.contains(noun) ? Gender.FEMININE : language.nouns().of(noun);
  }
}
