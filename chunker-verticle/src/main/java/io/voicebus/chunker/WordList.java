package io.voicebus.chunker;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringTokenizer;
import java.util.function.ToLongFunction;

/** Reads lists of words that ship with this module; {@code #} starts a remark. */
final class WordList {
  private WordList() {}

  /** What is in a resource next to this class. */
  static String text(String name) {
    try (InputStream in = WordList.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalArgumentException("no word list " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read word list " + name, e);
    }
  }

  /** The lines of a resource, trimmed, without remarks and empty lines. */
  static List<String> lines(String name) {
    return text(name).lines().map(WordList::withoutRemark).filter(line -> !line.isEmpty()).toList();
  }

  private static String withoutRemark(String line) {
    int remark = line.indexOf('#');
    return (remark < 0 ? line : line.substring(0, remark)).strip();
  }

  /** The words of a line, between white space. */
  static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    StringTokenizer tokens = new StringTokenizer(line);
    while (tokens.hasMoreTokens()) {
      words.add(tokens.nextToken());
    }
    return words;
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
      for (String word : words(line.substring(3))) {
        languages.merge(word, language, (a, b) -> a | b);
      }
    }
    return new WordTable(languages);
  }

  /** The words of a resource, each with the number 1. */
  static WordTable table(String name) {
    Map<String, Long> entries = new HashMap<>();
    lines(name).forEach(line -> words(line).forEach(word -> entries.put(word, 1L)));
    return new WordTable(entries);
  }
}
