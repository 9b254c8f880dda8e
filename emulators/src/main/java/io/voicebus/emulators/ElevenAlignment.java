package io.voicebus.emulators;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** When each char of a segment sounds, in the two forms of the service. */
final class ElevenAlignment {
  private ElevenAlignment() {}

  /** As WebSockets have it: in milliseconds from the start of the segment. */
  static JsonObject millis(String segment) {
    JsonArray starts = new JsonArray();
    JsonArray durations = new JsonArray();
    for (int i = 0; i < segment.length(); i++) {
      starts.add(i * EmulatedSpeech.CHAR_MS);
      durations.add(EmulatedSpeech.CHAR_MS);
    }
    return new JsonObject()
        .put("chars", chars(segment))
        .put("charStartTimesMs", starts)
        .put("charDurationsMs", durations);
  }

  /** The spoken form begins with a blank that takes half of the first char's time. */
  static JsonObject normalizedMillis(String segment) {
    JsonArray starts = new JsonArray();
    JsonArray durations = new JsonArray();
    int half = EmulatedSpeech.CHAR_MS / 2;
    for (int i = 0; i <= segment.length(); i++) {
      starts.add(i == 0 ? 0 : Math.max(half, (i - 1) * EmulatedSpeech.CHAR_MS));
      durations.add(i < 2 ? half : EmulatedSpeech.CHAR_MS);
    }
    return new JsonObject()
        .put("chars", chars(" " + segment))
        .put("charStartTimesMs", starts)
        .put("charDurationsMs", durations);
  }

  /** As HTTP has it: in seconds. */
  static JsonObject seconds(String segment) {
    JsonArray starts = new JsonArray();
    JsonArray ends = new JsonArray();
    for (int i = 0; i < segment.length(); i++) {
      starts.add(i * EmulatedSpeech.CHAR_MS / 1_000.0);
      ends.add((i + 1) * EmulatedSpeech.CHAR_MS / 1_000.0);
    }
    return new JsonObject()
        .put("characters", chars(segment))
        .put("character_start_times_seconds", starts)
        .put("character_end_times_seconds", ends);
  }

  private static JsonArray chars(String segment) {
    JsonArray chars = new JsonArray();
    segment.chars().forEach(c -> chars.add(String.valueOf((char) c)));
    return chars;
  }
}
