package io.voicebus.chunker;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Guesses the language of a turn from its most common short words, as they come. Serves only to
 * choose lists of abbreviations, so a wrong guess costs little.
 */
final class LanguageGuess {
  /** Language to words, one line each: {@code en: the of and …}. */
  private static final Map<String, List<String>> LANGUAGES_OF_WORD = new HashMap<>();

  private static final List<String> LANGUAGES;

  static {
    List<String> lines = WordList.lines("function-words.txt");
    LANGUAGES = lines.stream().map(line -> line.substring(0, 2)).toList();
    for (String line : lines) {
      for (String word : line.substring(3).strip().split("\\s+", -1)) {
        LANGUAGES_OF_WORD.merge(
            word,
            List.of(line.substring(0, 2)),
            (a, b) -> Stream.concat(a.stream(), b.stream()).toList());
      }
    }
  }

  private static final int MAX_WORD = 8;

  private final int[] counts = new int[LANGUAGES.size()];
  private final StringBuilder word = new StringBuilder();
  private List<String> languages = List.of("en");

  void accept(int cp) {
    if (Character.isLetter(cp)) {
      if (word.length() <= MAX_WORD) {
        word.appendCodePoint(Character.toLowerCase(cp));
      }
    } else if (!word.isEmpty()) {
      count();
      word.setLength(0);
    }
  }

  private void count() {
    List<String> spoken = LANGUAGES_OF_WORD.get(word.toString());
    if (spoken == null) {
      return;
    }
    spoken.forEach(language -> counts[LANGUAGES.indexOf(language)]++);
    int most = Arrays.stream(counts).max().orElse(0);
    languages =
        IntStream.range(0, counts.length)
            .filter(i -> counts[i] == most)
            .mapToObj(LANGUAGES::get)
            .toList();
  }

  /** The likeliest languages as two-letter codes, at least one; English before any evidence. */
  List<String> languages() {
    return languages;
  }
}
