package io.voicebus.chunker.spoken;

import java.util.Set;

/** The endings of German ordinals: "der dritte", "am dritten", "dritter Mai". */
final class GermanOrdinals {
  private static final Set<String> FEMININE =
      Set.of(
          "Klasse",
          "Etage",
          "Woche",
          "Runde",
          "Auflage",
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
  private static final Set<String> NEUTER =
      Set.of(
          "Jahrhundert",
          "Jahrtausend",
          "Kapitel",
          "Jahr",
          "Stockwerk",
          "Lebensjahr",
          "Semester",
          "Quartal",
          "Mal",
          "Jh.");

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
    String word =
        before.isEmpty()
            ? ""
            : before.substring(0, 1).toLowerCase(java.util.Locale.ROOT) + before.substring(1);
    boolean feminine = FEMININE.contains(noun);
    if (word.equals("der")) {
      return m.before()
                  .matches(
                      "(?s).*(?i:ab|in|mit|bei|nach|seit|von|aus|zu|an|auf|während|unter|vor) der\\h$")
          ? "ordinal-n"
          : "ordinal";
    }
    if (before.isEmpty() && m.before().matches("(?s).*(?:am|vom|zum|dem|den) \\p{L}{2,10}\\.?, ?$")) {
      return "ordinal-n"; // "am Montag, 5. Mai"
    }
    if (weakN.contains(word) || noun.endsWith("hunderts")) {
      return "ordinal-n";
    }
    if (weakE.contains(word)) {
      return "ordinal";
    }
    return feminine ? "ordinal" : NEUTER.contains(noun) ? "ordinal-s" : "ordinal-r";
  }
}
