package io.voicebus.emulators;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An error frame of a WebSocket. The close that follows carries the same code and message.
 *
 * @param error the name to tell it by
 * @param message for people
 * @param code of the close; 1008 for almost all, so it tells nothing
 */
record ElevenError(String error, String message, int code) {
  private static final Map<String, String> MESSAGES =
      Map.of(
          "invalid_api_key", "Invalid API key.",
          "authentication_required",
              "Authentication required: provide an API key, a bearer token or a single-use token.",
          "voice_id_does_not_exist", "A voice with this voice_id does not exist.",
          "quota_exceeded", "This request exceeds your quota: no credits remain.",
          "input_timeout_exceeded",
              "Have not received a new text input within the timeout. Send a single space to keep"
                  + " the connection alive.",
          "max_active_conversations", "Maximum simultaneous contexts (5) exceeded.",
          "invalid_input_message", "The message does not match the expected schema.",
          "too_many_concurrent_requests", "Too many concurrent requests for your plan.",
          "something_went_wrong", "Something went wrong. You are not charged.",
          "system_busy", "The system is busy, please try again later.");

  static ElevenError of(String error, int code) {
    String message = MESSAGES.get(error);
    return new ElevenError(error, message == null ? "Error: " + error : message, code);
  }

  static ElevenError of(String error) {
    return of(error, 1008);
  }

  JsonObject frame(@Nullable String contextId) {
    JsonObject frame =
        new JsonObject().put("message", message).put("error", error).put("code", code);
    return contextId == null ? frame : frame.put("contextId", contextId);
  }
}
