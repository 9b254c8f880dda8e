package io.voicebus.chunker;

import static java.util.stream.Collectors.toMap;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** Reads lists of words that ship with this module; {@code #} starts a remark. */
final class WordList {
  private WordList() {}

  /** The lines of a resource next to this class, trimmed, without remarks and empty lines. */
  static List<String> lines(String name) {
    try (InputStream in = WordList.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalArgumentException("no word list " + name);
      }
      BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      return reader
          .lines()
          .map(line -> line.replaceFirst("#.*", "").strip())
          .filter(line -> !line.isEmpty())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read word list " + name, e);
    }
  }

  /** The words of a resource, whatever separates them. */
  static List<String> words(String name) {
    return lines(name).stream().flatMap(line -> List.of(line.split("\\s+", -1)).stream()).toList();
  }

  /**
   * The words of a resource with lines such as "en: and or", each with its languages.
   *
   * @param set the languages of a line, from its two-letter code
   */
  static WordTable byLanguage(String name, ToLongFunction<String> set) {
    Map<String, Long> languages = new HashMap<>();
    for (String line : lines(name)) {
      long language = set.applyAsLong(line.substring(0, 2));
      for (String word : line.substring(3).strip().split("\\s+", -1)) {
        languages.merge(word, language, (a, b) -> a | b);
      }
    }
    return new WordTable(languages);
  }

  /** The words of a resource, each with the number 1. */
  static WordTable table(String name) {
    return new WordTable(words(name).stream().distinct().collect(toMap(word -> word, word -> 1L)));
  }
}
