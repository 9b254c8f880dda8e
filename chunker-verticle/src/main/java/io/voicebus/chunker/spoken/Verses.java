package io.voicebus.chunker.spoken;

import java.util.List;
import java.util.Map;
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
    rules.define("BOOKDOT", language.is("en") ? "" : "\\.?"); // "1. John 3:16" is an item
    Map<String, String> shortened = language.words().map("verse-short");
    List<String> which = language.words().list("verse-books");
    // "1 Cor. 13:4", "Gen 1:1", "2. Mose 3,14"
    rules.add(
        ":,",
        "(?<![\\p{L}\\p{N}.,]) (?: (?<n> [123] ) <BOOKDOT> \\h )? (?<book> \\p{Lu} \\p{L}{1,15}+ ) \\.? (?= \\h \\d{1,3} <VERSE> \\d )",
        m -> {
          String book = m.of("book");
          boolean numbered = m.has("n") && !which.isEmpty();
          if (!books.contains(book) || (!numbered && !shortened.containsKey(book))) {
            return null;
          }
          String whole = shortened.getOrDefault(book, book);
          return numbered ? which.get(m.integer("n") - 1) + " " + whole : whole;
        });
    // "Genesis 1:3", "1 Cor. 13:4–7", "Joh 3,16"
    rules.add(
        ":,",
        "(?= \\d{1,3} <VERSE> \\d ) (?<= \\p{L} \\.? \\h ) (?<c> \\d{1,3} ) <VERSE> (?<v> \\d{1,3} ) (?: \\h?[-–]\\h? (?<w> \\d{1,3} ) )? (?! [\\p{L}\\p{N}] | [.,:]\\p{N} )",
        m ->
            books.contains(book(m.before()))
                ? language.small(m.of("c"))
                    + ", "
                    + language.small(m.of("v"))
                    + (m.has("w") ? " " + language.of("to") + " " + language.small(m.of("w")) : "")
                : null);
  }
}
