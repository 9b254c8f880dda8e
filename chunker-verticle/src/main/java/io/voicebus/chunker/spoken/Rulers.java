package io.voicebus.chunker.spoken;

import java.util.Locale;
import java.util.Set;

/**
 * The numbers of rulers and popes: "Henry the eighth", "Ludwig dem vierzehnten", "Louis quatorze".
 */
final class Rulers {
  private final Language language;
  private final Set<String> kings;
  private final Set<String> queens;

  /** Higher numbers are cardinals. */
  private final int last;

  Rulers(Language language) {
    this.language = language;
    kings = language.words().set("rulers");
    queens = language.words().set("queens");
    String most = language.of("regnal");
    last = most.isEmpty() ? 0 : Integer.parseInt(most);
  }

  /** Whether kings or queens have that name. */
  boolean have(String name) {
    return haveKing(name) || queens.contains(name);
  }

  boolean haveKing(String name) {
    return kings.contains(name);
  }

  /** The numeral after a name, as it is said. */
  String say(int value, String name, Match m) {
    if (language.is("fr")) {
      return value == 1
          ? language
              .numbers()
              .ordinal(
                  1,
                  queens.contains(name) || name.equals("Élisabeth")
                      ? "ordinal-feminine"
                      : "ordinal-masculine")
          : language.small(String.valueOf(value));
    }
    if (language.is("de")) {
      return german(value, name, m);
    }
    if (value > last) {
      return language.small(String.valueOf(value));
    }
    boolean queen = queens.contains(name);
    String form =
        queen && language.words().has("numeral-feminine") ? "numeral-feminine" : "numeral";
    String set =
        switch (language.words().language) {
          case "es", "it", "pt" -> queen ? "ordinal-feminine" : "ordinal-masculine";
          default -> "ordinal";
        };
    return language.of(form).replace("%o", language.numbers().ordinal(value, set));
  }

  /** "Wilhelm der zweite", "unter Wilhelm dem zweiten", "Friedrichs des zweiten". */
  private String german(int value, String name, Match m) {
    String before =
        Numerals.wordBefore(
                m.before().stripTrailing(), m.before().stripTrailing().lastIndexOf(' ') + 1)
            .toLowerCase(Locale.ROOT);
    boolean queen = queens.contains(name);
    if (Set.of(
            "von",
            "unter",
            "mit",
            "bei",
            "nach",
            "zu",
            "zur",
            "seit",
            "danken",
            "dankt",
            "aus",
            "vor",
            "neben",
            "gegenüber")
        .contains(before)) {
      return (queen ? "der " : "dem ") + language.numbers().ordinal(value, "ordinal-n");
    }
    if (queen) {
      return "die " + language.numbers().ordinal(value, "ordinal");
    }
    if (Set.of(
            "für",
            "gegen",
            "um",
            "durch",
            "über",
            "ohne",
            "an",
            "auf",
            "zeigt",
            "zeigte",
            "krönte",
            "besiegte",
            "stürzte",
            "traf",
            "heiratete",
            "ernannte",
            "ermordete",
            "wählte",
            "malte")
        .contains(before)) {
      return "den " + language.numbers().ordinal(value, "ordinal-n");
    }
    return kings.contains(name)
        ? "der " + language.numbers().ordinal(value, "ordinal")
        : "des " + language.numbers().ordinal(value, "ordinal-n");
  }
}
