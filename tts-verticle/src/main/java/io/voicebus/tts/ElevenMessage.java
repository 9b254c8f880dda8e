package io.voicebus.tts;

import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.Optional;

/** What the service says, under all the names that were seen. */
final class ElevenMessage {
  private final JsonObject json;

  /**
   * @throws io.vertx.core.json.DecodeException if it is no JSON object
   */
  ElevenMessage(String text) {
    json = new JsonObject(text);
  }

  /** Empty if it is about the whole WebSocket. */
  String contextId() {
    String id = text("contextId");
    return id.isEmpty() ? text("context_id") : id;
  }

  /** The name of an error, {@code unnamed} if it has none; empty if this is no error. */
  String error() {
    String error = text("error");
    return error.isEmpty() && json.getValue("code") instanceof Number ? "unnamed" : error;
  }

  /** The service's words on the error: not to be passed on. */
  String words() {
    return text("message");
  }

  /** The close code that will follow an error. */
  int code() {
    return json.getValue("code") instanceof Number code ? code.intValue() : 1008;
  }

  boolean last() {
    return Boolean.TRUE.equals(json.getValue("isFinal"))
        || Boolean.TRUE.equals(json.getValue("is_final"));
  }

  /** Some bytes of PCM, perhaps an odd number; mostly none. */
  byte[] audio() {
    String audio = text("audio");
    return Base64.getDecoder().decode(audio.isEmpty() ? text("audio_base64") : audio);
  }

  /** Whether it is an error as HTTP answers have them. */
  boolean refusal() {
    return json.containsKey("detail");
  }

  Optional<ElevenTiming> timing() {
    if (json.containsKey("audio_base64")) {
      return json.getValue("alignment") instanceof JsonObject alignment
          ? ElevenTiming.ofSeconds(alignment)
          : Optional.empty();
    }
    return json.getValue("alignment") instanceof JsonObject alignment
        ? ElevenTiming.of(alignment)
        : Optional.empty();
  }

  private String text(String name) {
    return json.getValue(name) instanceof String text ? text : "";
  }
}
