package io.voicebus.emulators;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The ranges that a context's settings must keep to. */
final class ElevenVoiceSettings {
  private ElevenVoiceSettings() {}

  /**
   * @throws IllegalArgumentException if a value is out of range
   */
  static void check(JsonObject settings) {
    JsonObject voice = settings.getJsonObject("voice_settings");
    if (voice != null) {
      within(voice, "stability", 0, 1);
      within(voice, "similarity_boost", 0, 1);
      within(voice, "style", 0, 1);
      within(voice, "speed", 0.7, 1.2);
    }
    JsonObject generation = settings.getJsonObject("generation_config");
    JsonArray schedule =
        generation == null ? null : generation.getJsonArray("chunk_length_schedule");
    if (schedule != null
        && schedule.stream().anyMatch(v -> !(v instanceof Number n) || !between(n, 50, 500))) {
      throw new IllegalArgumentException("chunk_length_schedule");
    }
  }

  private static void within(JsonObject settings, String name, double min, double max) {
    Number value = settings.getNumber(name);
    if (value != null && !between(value, min, max)) {
      throw new IllegalArgumentException(name);
    }
  }

  private static boolean between(Number value, double min, double max) {
    return value.doubleValue() >= min && value.doubleValue() <= max;
  }
}
