package io.voicebus.emulators;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How the WebSockets for dialogues differ: what clients send, and the names of what comes back. */
final class ElevenDialogue {
  private static final Set<String> VOICE_SETTINGS = Set.of("stability");

  private ElevenDialogue() {}

  /**
   * A client's message.
   *
   * @throws ClassCastException if a field has the wrong type
   * @throws IllegalArgumentException if it says nothing, or something is out of range
   */
  static ElevenInput input(JsonObject message) {
    JsonObject plain = new JsonObject();
    for (String name : new String[] {"context_id", "flush", "close_context", "close_socket"}) {
      if (message.containsKey(name)) {
        plain.put(name, message.getValue(name));
      }
    }
    if (message.getBoolean("keep_alive", false)) {
      plain.put("text", "");
    }
    JsonArray inputs = message.getJsonArray("inputs");
    if (inputs != null) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < inputs.size(); i++) {
        JsonObject input = inputs.getJsonObject(i);
        if (input.getString("voice_id", "").isEmpty()) {
          throw new IllegalArgumentException("voice_id");
        }
        text.append(input.getString("text", ""));
      }
      plain.put("text", text.toString());
    }
    JsonObject settings = message.getJsonObject("voice_settings");
    if (settings != null && !VOICE_SETTINGS.containsAll(settings.fieldNames())) {
      throw new IllegalArgumentException("voice_settings");
    }
    if (settings != null) {
      plain.put("voice_settings", settings);
    }
    JsonArray voices = message.getJsonArray("voices");
    if (voices != null && voices.size() != 1) {
      throw new IllegalArgumentException("voices");
    }
    ElevenInput read = ElevenInput.of(plain);
    if (voices != null) {
      read.settings().put("voices", voices);
    }
    return read;
  }

  /** The voice that a context's first message names; empty if it names none. */
  static String voice(JsonObject settings) {
    JsonArray voices = settings.getJsonArray("voices");
    return voices == null ? "" : voices.getString(0);
  }

  /** A message of the service, under the names that it has there. */
  static JsonObject frame(JsonObject frame, @Nullable String context) {
    JsonObject renamed = new JsonObject().put("context_id", context);
    if (frame.getValue("audio") != null) {
      renamed.put("audio", frame.getValue("audio"));
    }
    if (frame.getValue("alignment") instanceof JsonObject times) {
      renamed.put(
          "alignment",
          new JsonObject()
              .put("chars", times.getValue("chars"))
              .put("char_start_times_ms", times.getValue("charStartTimesMs"))
              .put("char_durations_ms", times.getValue("charDurationsMs")));
    }
    if (Boolean.TRUE.equals(frame.getValue("isFinal"))) {
      renamed.put("is_final", true);
    }
    return renamed;
  }
}
