package io.voicebus.chunker;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The abbreviations of one language that are written with a full stop, besides those common to
 * many. They are kept as data, one resource per language: {@code abbreviations/en.txt}.
 */
final class Abbreviations {
  private static final List<String> LANGUAGES =
      List.of("en", "de", "fr", "es", "it", "pt", "nl", "pl", "ru", "tr", "hi", "sv", "cs");

  private static final List<String> OWN_SCRIPT = List.of("ru", "hi");

  private static final Map<String, Abbreviations> LOADED = new ConcurrentHashMap<>();

  /** Word without its last full stop to whether a sentence may end with it. */
  private final Map<String, Boolean> mayEnd = new HashMap<>();

  private Abbreviations(String language) {
    load("common");
    load(language);
  }

  /**
   * What the lists say about a word.
   *
   * @param word the word without its last full stop
   * @param languages two-letter codes; those with a script of their own are always searched
   * @return empty if it is no abbreviation; else whether a sentence may end with it
   */
  static Optional<Boolean> mayEndSentence(String word, List<String> languages) {
    return Stream.concat(languages.stream(), OWN_SCRIPT.stream())
        .filter(LANGUAGES::contains)
        .map(language -> LOADED.computeIfAbsent(language, Abbreviations::new).find(word))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Optional<Boolean> find(String word) {
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
