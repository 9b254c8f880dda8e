package io.voicebus.chunker.spoken;

import java.util.Set;

/** Chapters and verses: "Genesis 1:3" is no time, no ratio and no decimal. */
final class Verses {
  private Verses() {}

  /** The word that a text ends with, without a blank and a stop behind it. */
  private static String book(String before) {
    int end = before.length() - 1;
    end -= before.charAt(end - 1) == '.' ? 1 : 0;
    int from = end;
    while (from > 0
        && (Character.isLetter(before.charAt(from - 1)) || before.charAt(from - 1) == '\'')) {
      from--;
    }
    return before.substring(from, end);
  }

  static void add(Rules rules, Language language) {
    Set<String> books = language.words().set("verses");
    // a comma is a decimal mark elsewhere
    rules.define("VERSE", language.is("en") ? ":" : "[:,]");
    // "Genesis 1:3", "1 Cor. 13:4–7", "Joh 3,16"
    rules.add(
        ":,",
        "(?= \\d{1,3} <VERSE> \\d ) (?<= \\p{L} \\.? \\h ) (?<c> \\d{1,3} ) <VERSE> (?<v> \\d{1,3} ) (?: \\h?[-–]\\h? (?<w> \\d{1,3} ) )? (?! [\\p{L}\\p{N}:] | [.,]\\p{N} )",
        m ->
            books.contains(book(m.before()))
                ? language.small(m.of("c"))
                    + ", "
                    + language.small(m.of("v"))
                    + (m.has("w") ? " " + language.of("to") + " " + language.small(m.of("w")) : "")
                : null);
  }
}
