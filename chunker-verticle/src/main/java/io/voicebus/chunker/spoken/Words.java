package io.voicebus.chunker.spoken;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The words that one language needs besides its numbers: {@code en.txt} has the format. */
final class Words {
  private final Map<String, String> words = new HashMap<>();
  final String language;

  Words(String language) {
    this.language = language;
    String name = language + ".txt";
    try (InputStream in = Words.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalArgumentException("no spoken words for the language " + language);
      }
      new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && line.charAt(0) != '#')
          .forEach(this::add);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name, e);
    }
  }

  private void add(String line) {
    int equals = line.indexOf(" =");
    String key = line.substring(0, equals).strip();
    String value = line.substring(equals + 2).strip();
    words.merge(key, value, (a, b) -> a + " " + b);
  }

  /** All values, whatever they are for. */
  Iterable<String> all() {
    return words.values();
  }

  boolean is(String code) {
    return language.equals(code);
  }

  /** The words for a key; empty if this language has none. */
  String of(String key) {
    return words.getOrDefault(key, "");
  }

  /** The words for a key that this language has. */
  boolean has(String key) {
    return words.containsKey(key);
  }

  /** The words of a list; an underscore stands for a blank within one. */
  List<String> list(String key) {
    String list = of(key);
    return list.isEmpty()
        ? List.of()
        : List.of(list.split(" +", -1)).stream().map(word -> word.replace('_', ' ')).toList();
  }

  Set<String> set(String key) {
    return Set.copyOf(list(key).stream().distinct().toList());
  }

  /** A list of "short:what is said" as a map. */
  Map<String, String> map(String key) {
    Map<String, String> map = new LinkedHashMap<>();
    for (String entry : list(key)) {
      int colon = entry.lastIndexOf(':');
      map.put(entry.substring(0, colon), entry.substring(colon + 1));
    }
    return map;
  }

  /** A pattern for any of the words of a list, longest first; one that never matches if none. */
  String anyOf(String key) {
    return anyOf(list(key));
  }

  static String anyOf(Iterable<String> words) {
    List<String> sorted = new java.util.ArrayList<>();
    words.forEach(sorted::add);
    if (sorted.isEmpty()) {
      return "(?!)";
    }
    return sorted.stream()
        .sorted((a, b) -> b.length() - a.length())
        .map(word -> Pattern.quote(word).replace(" ", "\\E\\h\\Q"))
        .collect(Collectors.joining("|", "(?:", ")"));
  }
}
