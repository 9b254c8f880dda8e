package io.voicebus.contract;

import java.util.List;
import java.util.stream.Stream;

/**
 * The languages from which clients of other protocols let people choose. These clients need a list:
 * without one they do not offer the voice at all.
 */
public final class OfferedLanguages {
  /** Of a voice that speaks many, or has not said. Some clients take the first one by default. */
  private static final List<String> MANY =
      List.of(
          "en", "de", "es", "fr", "it", "nl", "pt", "pl", "sv", "da", "fi", "nb", "cs", "tr", "ru",
          "uk", "ja", "ko", "zh", "hi", "ar");

  private OfferedLanguages() {}

  /** The ISO 639-1 codes of one voice; never empty. */
  public static List<String> of(EngineVoice voice) {
    return of(Stream.of(voice));
  }

  /** The ISO 639-1 codes of all these voices, each once; never empty. */
  public static List<String> of(Stream<EngineVoice> voices) {
    List<String> told = voices.map(EngineVoice::language).distinct().sorted().toList();
    boolean many = told.isEmpty() || told.contains("");
    return Stream.concat(
            MANY.stream().filter(code -> many || told.contains(code)),
            told.stream().filter(code -> !code.isEmpty() && !MANY.contains(code)))
        .toList();
  }
}
