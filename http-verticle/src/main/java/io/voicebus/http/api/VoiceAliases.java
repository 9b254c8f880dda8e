package io.voicebus.http.api;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Further names of voices, for clients that know only OpenAI's.
 *
 * @param voices voices by their further names, as they were written; a name is found in upper and
 *     lower case
 */
public record VoiceAliases(SortedMap<String, String> voices) {
  /** The names of OpenAI's voices, by its reference of August 2026. */
  public static final List<String> OPENAI =
      List.of(
          "alloy", "ash", "ballad", "cedar", "coral", "echo", "fable", "marin", "nova", "onyx",
          "sage", "shimmer", "verse");

  /** Copies the map. */
  public VoiceAliases {
    SortedMap<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    copy.putAll(voices);
    voices = Collections.unmodifiableSortedMap(copy);
  }

  /**
   * Reads the setting, {@code none} or {@code nova=elevenlabs/JBFqnCBsd6RMkjVDRZzb,
   * onyx=embedded/kevin16}.
   *
   * @throws IllegalArgumentException if the value is wrong
   */
  public static VoiceAliases parse(String setting) {
    SortedMap<String, String> voices = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    if (setting.equals("none")) {
      return new VoiceAliases(voices);
    }
    for (String pair : setting.split(",", -1)) {
      if (pair.isBlank()) {
        continue;
      }
      String[] sides = pair.split("=", 2);
      if (sides.length < 2 || sides[0].isBlank() || sides[1].isBlank()) {
        throw new IllegalArgumentException(
            "http: voice-aliases must be pairs like nova=embedded/kevin16, not '"
                + pair.strip()
                + "'");
      }
      if (voices.put(sides[0].strip(), sides[1].strip()) != null) {
        throw new IllegalArgumentException(
            "http: voice-aliases has '" + sides[0].strip() + "' twice");
      }
    }
    return new VoiceAliases(voices);
  }
}
