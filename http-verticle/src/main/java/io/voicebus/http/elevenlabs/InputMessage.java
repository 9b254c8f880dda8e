package io.voicebus.http.elevenlabs;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.voicebus.http.api.SpokenSpeed;
import io.voicebus.http.wire.JsonFields;
import io.voicebus.http.wire.ProblemException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a client says over a WebSocket. Of its voice settings the speed alone is looked at: the
 * engine's own say how it speaks.
 *
 * @param contextId which context is meant; null for none
 * @param text more of its text; null for none
 * @param flush whether what there is of it is spoken now
 * @param trigger the same, if there is enough of it
 * @param closeContext whether no more of it comes
 * @param closeSocket whether no more of anything comes
 * @param speed as {@link io.voicebus.contract.TurnOptions#speed} has it; 0 for nothing
 */
record InputMessage(
    @Nullable String contextId,
    @Nullable String text,
    boolean flush,
    boolean trigger,
    boolean closeContext,
    boolean closeSocket,
    int speed) {
  private static final int MAX_ID_CHARS = 200;

  /**
   * Reads a message. What is not asked for here is ignored.
   *
   * @throws ProblemException 400
   */
  static InputMessage parse(String message) {
    try {
      JsonObject json = new JsonObject(message);
      String id = string(json, json.containsKey("context_id") ? "context_id" : "contextId");
      if (id != null && id.length() > MAX_ID_CHARS) {
        throw JsonFields.invalid("'context_id' is too long");
      }
      return new InputMessage(
          id,
          string(json, "text"),
          flag(json, "flush"),
          flag(json, "try_trigger_generation"),
          flag(json, "close_context"),
          flag(json, "close_socket"),
          speed(json));
    } catch (DecodeException notJson) {
      throw JsonFields.invalid("it is no JSON object");
    }
  }

  private static @Nullable String string(JsonObject json, String name) {
    Object value = json.getValue(name);
    if (value == null || value instanceof String) {
      return (String) value;
    }
    throw JsonFields.invalid("'" + name + "' must be a string");
  }

  private static int speed(JsonObject json) {
    try {
      return json.getValue("voice_settings") instanceof JsonObject sound
          ? SpokenSpeed.of(Optional.ofNullable(sound.getValue(SpokenSpeed.PARAM)))
          : 0;
    } catch (IllegalArgumentException wrong) {
      throw JsonFields.invalid(String.valueOf(wrong.getMessage()));
    }
  }

  private static boolean flag(JsonObject json, String name) {
    Object value = json.getValue(name);
    if (value == null || value instanceof Boolean) {
      return Boolean.TRUE.equals(value);
    }
    throw JsonFields.invalid("'" + name + "' must be true or false");
  }

  /** Whether it has a word to say. */
  boolean hasWord() {
    return text != null && !text.isBlank();
  }

  /** Whether there is no text, not even a blank. */
  boolean isEmpty() {
    return text == null || text.isEmpty();
  }
}
