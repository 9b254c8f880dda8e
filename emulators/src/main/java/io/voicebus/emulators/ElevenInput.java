package io.voicebus.emulators;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client's message, its types checked.
 *
 * @param contextId absent if it names none
 * @param text absent if it has none
 * @param flush say now what you have
 * @param trigger say it if it is long enough
 * @param closeContext no more text for this context
 * @param closeSocket no more of anything
 * @param key empty if it has none
 * @param settings what only the first message of a context may set
 */
record ElevenInput(
    @Nullable String contextId,
    @Nullable String text,
    boolean flush,
    boolean trigger,
    boolean closeContext,
    boolean closeSocket,
    String key,
    JsonObject settings) {
  private static final List<String> SETTINGS =
      List.of("voice_settings", "generation_config", "pronunciation_dictionary_locators");

  /**
   * @throws ClassCastException if a field has the wrong type
   * @throws IllegalArgumentException if it says nothing, or a setting is out of range
   */
  static ElevenInput of(JsonObject message) {
    JsonObject settings = new JsonObject();
    for (String name : SETTINGS) {
      if (message.getValue(name) != null) {
        settings.put(name, message.getValue(name));
      }
    }
    ElevenVoiceSettings.check(settings);
    ElevenInput input =
        new ElevenInput(
            message.getString("context_id"),
            text(message),
            message.getBoolean("flush", false),
            message.getBoolean("try_trigger_generation", false),
            message.getBoolean("close_context", false),
            message.getBoolean("close_socket", false),
            message.getString("xi-api-key", message.getString("xi_api_key", "")),
            settings);
    if (input.text == null && !input.flush && !input.closeContext && !input.closeSocket) {
      throw new IllegalArgumentException("it asks for nothing");
    }
    return input;
  }

  private static @Nullable String text(JsonObject message) {
    Object text = message.getValue("text");
    return text == null ? null : (String) text;
  }

  boolean keepsAlive() {
    return text != null && text.isBlank() && !flush && !closeContext && settings.isEmpty();
  }
}
