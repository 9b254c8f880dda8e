package io.voicebus.chunker;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The abbreviations of one language that are written with a full stop, besides those common to
 * many. They are kept as data, one resource per language: {@code abbreviations/en.txt}.
 */
final class Abbreviations {
  private static final List<String> LANGUAGES =
      List.of("en", "de", "fr", "es", "it", "pt", "nl", "pl", "ru", "tr", "hi", "sv", "cs");

  private static final Map<String, Abbreviations> LOADED = new ConcurrentHashMap<>();

  /** Word without its last full stop to whether a sentence may end with it. */
  private final Map<String, Boolean> mayEnd = new HashMap<>();

  private Abbreviations(String language) {
    load("common");
    load(language);
  }

  /** Those of a language by its two-letter code; the English ones if the language is not known. */
  static Abbreviations of(String language) {
    String known = LANGUAGES.contains(language) ? language : "en";
    return LOADED.computeIfAbsent(known, Abbreviations::new);
  }

  /**
   * What the list says about a word.
   *
   * @param word the word without its last full stop
   * @return empty if it is no abbreviation; else whether a sentence may end with it
   */
  Optional<Boolean> mayEndSentence(String word) {
    Boolean exact = mayEnd.get(word);
    return Optional.ofNullable(exact != null ? exact : mayEnd.get(word.toLowerCase(Locale.ROOT)));
  }

  private void load(String name) {
    for (String entry : WordList.words("abbreviations/" + name + ".txt")) {
      boolean ends = entry.endsWith("?");
      mayEnd.put(ends ? entry.substring(0, entry.length() - 1) : entry, ends);
    }
  }
}
