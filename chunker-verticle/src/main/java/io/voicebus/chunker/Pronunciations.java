package io.voicebus.chunker;

import io.voicebus.chunker.spoken.SaidText;
import io.voicebus.contract.FileTrouble;
import io.voicebus.contract.Pronunciation;
import io.voicebus.contract.TextFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;

/**
 * A user's dictionary of how words are said: one entry a line, {@code SQL = sequel}, {@code #}
 * starts a remark. Whole words only. An entry with a capital matches only as it is written, others
 * in any case.
 */
final class Pronunciations {
  /** More entries would make each chunk slow. */
  static final int MAX_ENTRIES = 10_000;

  static final Pronunciations NONE = new Pronunciations(List.of());

  /** The first that has a word says it. */
  private final List<Map<String, String>> dictionaries;

  private Pronunciations(List<Map<String, String>> dictionaries) {
    this.dictionaries = dictionaries;
  }

  /**
   * Reads a dictionary.
   *
   * @throws IllegalArgumentException if the file cannot be read, has a line without "=", or is too
   *     long; the message names the line
   */
  static Pronunciations read(Path file) {
    List<String> lines;
    try {
      lines = TextFile.read(file).lines().toList();
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "cannot read the pronunciations in " + file + ": " + FileTrouble.inWords(file, e), e);
    }
    Map<String, String> words = new HashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      // # a line; "Kafka = Kaffka # the writer"
      String line = lines.get(i).replaceFirst("^#.*|\\s#.*", "").strip();
      int equals = line.indexOf('=');
      if (line.isEmpty()) {
        continue;
      }
      String word = equals < 0 ? "" : line.substring(0, equals).strip();
      if (!Pronunciation.WORD.matcher(word).matches()) {
        throw new IllegalArgumentException(
            "line %d of the pronunciations in %s is '%s': it must be a word, =, and how it is said"
                .formatted(i + 1, file, line));
      }
      words.put(word, line.substring(equals + 1).strip());
    }
    if (words.size() > MAX_ENTRIES) {
      throw new IllegalArgumentException(
          "%s has %d pronunciations: at most %d are allowed"
              .formatted(file, words.size(), MAX_ENTRIES));
    }
    return new Pronunciations(List.of(Map.copyOf(words)));
  }

  /** These, and before them a turn's own. */
  Pronunciations with(List<Pronunciation> own) {
    if (own.isEmpty()) {
      return this;
    }
    Map<String, String> first = new HashMap<>();
    own.forEach(entry -> first.put(entry.word(), entry.said()));
    List<Map<String, String>> all = new ArrayList<>(dictionaries);
    all.add(0, first);
    return new Pronunciations(all);
  }

  /** The text with each word that is in a dictionary written as it is said. */
  SaidText say(String text) {
    if (dictionaries.isEmpty()) {
      return SaidText.same(text);
    }
    StringBuilder out = new StringBuilder();
    List<SaidText.Edit> edits = new ArrayList<>();
    Matcher words = Pronunciation.WORD.matcher(text);
    int at = 0;
    while (words.find()) {
      String said = said(words.group());
      if (!said.equals(words.group())) {
        out.append(text, at, words.start());
        int start = out.length();
        out.append(said);
        edits.add(new SaidText.Edit(words.start(), words.end(), start, out.length()));
        at = words.end();
      }
    }
    return new SaidText(out.append(text, at, text.length()).toString(), edits);
  }

  private String said(String word) {
    for (Map<String, String> words : dictionaries) {
      String exact = words.get(word);
      String any = exact == null ? words.get(word.toLowerCase(Locale.ROOT)) : exact;
      if (any != null) {
        return any;
      }
    }
    return word;
  }
}
