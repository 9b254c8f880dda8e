package io.voicebus.chunker;

import static java.util.stream.Collectors.toMap;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

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

  /** The words of a resource, each with the number 1. */
  static WordTable table(String name) {
    return new WordTable(words(name).stream().distinct().collect(toMap(word -> word, word -> 1L)));
  }
}
