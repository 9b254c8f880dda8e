package io.voicebus.gemini;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * What is asked of a model.
 *
 * @param prompt reaches the model unchanged
 * @param instruction how to answer; empty for none
 * @param maxOutputTokens of thinking and answer together; 0 for the model's own limit
 * @param thinking how much to think; nothing for the model's default
 */
record GeminiRequest(
    String prompt, String instruction, int maxOutputTokens, Optional<JsonObject> thinking) {

  /** The same, with the model's own way to think. */
  GeminiRequest withoutThinking() {
    return new GeminiRequest(prompt, instruction, maxOutputTokens, Optional.empty());
  }

  /** The body on the wire. */
  JsonObject body() {
    JsonObject body =
        new JsonObject().put("contents", new JsonArray().add(content("user", prompt)));
    if (!instruction.isEmpty()) {
      body.put("systemInstruction", content("user", instruction));
    }
    JsonObject config = new JsonObject();
    if (maxOutputTokens > 0) {
      config.put("maxOutputTokens", maxOutputTokens);
    }
    thinking.ifPresent(how -> config.put("thinkingConfig", how));
    return config.isEmpty() ? body : body.put("generationConfig", config);
  }

  private static JsonObject content(String role, String text) {
    return new JsonObject()
        .put("role", role)
        .put("parts", new JsonArray().add(new JsonObject().put("text", text)));
  }
}
