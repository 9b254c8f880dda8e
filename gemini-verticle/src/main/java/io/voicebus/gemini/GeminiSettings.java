package io.voicebus.gemini;

import io.voicebus.contract.ServiceAddress;
import io.voicebus.contract.Settings;
import java.util.Optional;

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

  /** Reads the settings, all of them whether they are needed or not. */
  static GeminiSettings read(Settings settings, String instruction) {
    String version = settings.get(GeminiConfig.GEMINI_API_VERSION);
    return new GeminiSettings(
        settings.get(GeminiConfig.GEMINI_API_KEY),
        SourceSettings.address(settings.get(GeminiConfig.GEMINI_BASE_URL), "/" + version),
        settings.get(GeminiConfig.GEMINI_MODEL),
        version,
        instruction,
        settings.get(GeminiConfig.GEMINI_THINKING),
        settings.get(GeminiConfig.GEMINI_MAX_OUTPUT_TOKENS),
        ModelLimits.read(settings, GeminiConfig.GEMINI_LIMITS));
  }

  boolean usable() {
    return !key.isEmpty();
  }

  /** A copy with another model; empty for no change. */
  GeminiSettings withModel(String setting, String other) {
    if (other.isEmpty()) {
      return this;
    }
    Optional<String> fault =
        GeminiConfig.GEMINI_MODEL.fault("the model of gemini setting '" + setting + "'", other);
    if (fault.isPresent()) {
      throw new IllegalArgumentException(fault.get());
    }
    return new GeminiSettings(
        key, url, other, apiVersion, instruction, thinking, maxOutputTokens, limits);
  }

  /** Never shows the key. */
  @Override
  public String toString() {
    return "GeminiSettings[" + url + ", " + model + "]";
  }
}
