package io.voicebus.gemini;

import io.voicebus.contract.ServiceAddress;
import io.voicebus.contract.Settings;
import java.time.Duration;
import java.util.List;

/**
 * How to reach Gemini, and what to ask of it.
 *
 * @param key goes into one header, nowhere else; empty when there is none
 * @param url where it is
 * @param model as the service calls it
 * @param apiVersion first segment of the path
 * @param instruction how to answer; empty for none
 * @param thinking see {@link GeminiThinking#of}
 * @param maxOutputTokens 0 for the model's own limit
 * @param limits how long to wait, how often to try
 */
record GeminiSettings(
    String key,
    ServiceAddress url,
    String model,
    String apiVersion,
    String instruction,
    String thinking,
    int maxOutputTokens,
    ModelLimits limits) {

  private static final ModelLimits LIMITS =
      new ModelLimits(
          Duration.ofSeconds(3),
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofSeconds(120),
          2);

  /** Reads the settings, all of them whether they are needed or not. */
  static GeminiSettings read(Settings settings, String instruction) {
    String version = word(settings, "gemini-api-version", "v1beta");
    return new GeminiSettings(
        SourceSettings.key(settings, "gemini-api-key"),
        SourceSettings.address(
            "gemini-base-url",
            settings.text("gemini-base-url", "https://generativelanguage.googleapis.com"),
            "/" + version),
        word(settings, "gemini-model", "gemini-3.5-flash-lite"),
        version,
        instruction,
        settings.choice(
            "gemini-thinking",
            "auto",
            List.of("auto", "default", "minimal", "low", "medium", "high")),
        settings.integer("gemini-max-output-tokens", 0, 0, 65_536),
        LIMITS.read(settings, "gemini"));
  }

  private static String word(Settings settings, String key, String fallback) {
    return word(key, settings.text(key, fallback));
  }

  private static String word(String key, String text) {
    if (!text.matches("[A-Za-z0-9._-]+")) {
      throw new IllegalArgumentException(
          "gemini setting '"
              + key
              + "' is '"
              + text
              + "': it must be letters, digits, dots and dashes");
    }
    return text;
  }

  boolean usable() {
    return !key.isEmpty();
  }

  /** The same with another model; empty leaves it as it is. */
  GeminiSettings withModel(String setting, String other) {
    return other.isEmpty()
        ? this
        : new GeminiSettings(
            key,
            url,
            word(setting, other),
            apiVersion,
            instruction,
            thinking,
            maxOutputTokens,
            limits);
  }

  /** Never shows the key. */
  @Override
  public String toString() {
    return "GeminiSettings[" + url + ", " + model + "]";
  }
}
