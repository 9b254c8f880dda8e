package io.voicebus.chunker;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The words that one language needs besides its numbers: {@code spoken/en.txt} has the format. */
final class SpokenWords {
  /** The languages that have such words; texts in others are spoken as they are written. */
  static final Set<String> LANGUAGES = Set.of("en", "de", "fr", "es", "it", "pt", "nl");

  private final Map<String, String> words = new HashMap<>();

  SpokenWords(String language) {
    for (String line : WordList.lines("spoken/" + language + ".txt")) {
      int equals = line.indexOf('=');
      words.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
    }
  }

  /** The words for a key; empty if this language has none. */
  String of(String key) {
    return words.getOrDefault(key, "");
  }

  /** The words for a key, between spaces. */
  String between(String key) {
    return " " + of(key) + " ";
  }

  /** The words of a list. */
  List<String> list(String key) {
    String list = of(key);
    return list.isEmpty() ? List.of() : List.of(list.split(" ", -1));
  }
}
