package io.voicebus.tts.engine;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The properties of an engine that do not change.
 *
 * @param deterministic the same text and voice always give the same samples, on every node that
 *     runs this version
 * @param sampleRateHz the rate of every frame, 8000 to 48000
 * @param languages ISO 639-1 codes; empty if they are not known
 * @param maxConcurrent how many utterances at once make sense; 0 if no limit is known
 * @param speeds the speeds at which it can speak
 */
public record EngineTraits(
    boolean deterministic,
    int sampleRateHz,
    Set<String> languages,
    int maxConcurrent,
    SpeedRange speeds) {
  /** The traits of an engine that speaks at one speed only. */
  public EngineTraits(
      boolean deterministic, int sampleRateHz, Set<String> languages, int maxConcurrent) {
    this(deterministic, sampleRateHz, languages, maxConcurrent, SpeedRange.NONE);
  }

  public EngineTraits {
    if (sampleRateHz < 8_000 || sampleRateHz > 48_000) {
      throw new IllegalArgumentException(
          "playback takes 8000 to 48000 Hz, not " + sampleRateHz + ": convert it in the engine");
    }
    if (maxConcurrent < 0) {
      throw new IllegalArgumentException("0 is for no limit, not " + maxConcurrent);
    }
    languages = Set.copyOf(languages);
  }

  /** Whether the engine does not speak this language; of an unknown one nobody can tell. */
  public boolean lacks(String language) {
    String code = Locale.forLanguageTag(language).getLanguage(); // without a region
    return !languages.isEmpty() && !code.isEmpty() && !languages.contains(code);
  }

  /** The message for a text in a language that the engine does not speak. */
  public String fault(String engine, String language) {
    String own =
        languages.stream().sorted().map(EngineTraits::shown).collect(Collectors.joining(", "));
    return engine
        + " speaks "
        + own
        + " only, and reads "
        + shown(language)
        + " as if it were that; for other languages choose another engine: a speech service, or a"
        + " speech program on this machine";
  }

  private static String shown(String language) {
    return Locale.forLanguageTag(language).getDisplayLanguage(Locale.ENGLISH);
  }
}
