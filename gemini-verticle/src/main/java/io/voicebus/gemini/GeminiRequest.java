package io.voicebus.gemini;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * What is asked of a model.
 *
 * @param history what was said before, oldest first
 * @param prompt reaches the model unchanged
 * @param instruction how to answer; empty for none
 * @param maxOutputTokens of thinking and answer together; 0 for the model's own limit
 * @param thinking how much to think; nothing for the model's default
 */
record GeminiRequest(
    List<Exchange> history,
    String prompt,
    String instruction,
    int maxOutputTokens,
    Optional<JsonObject> thinking) {

  /** The same, with the model's own way to think. */
  GeminiRequest withoutThinking() {
    return new GeminiRequest(history, prompt, instruction, maxOutputTokens, Optional.empty());
  }

  /** The body on the wire. */
  JsonObject body() {
    JsonObject body = new JsonObject().put("contents", contents());
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

  /** User and model alternate; what was not heard at all was not said, and two prompts are one. */
  private JsonArray contents() {
    JsonArray contents = new JsonArray();
    StringBuilder unanswered = new StringBuilder();
    for (Exchange before : history) {
      unanswered.append(before.prompt());
      if (before.answer().isBlank()) {
        unanswered.append("\n\n");
      } else {
        contents.add(content("user", unanswered.toString()));
        contents.add(content("model", before.answer()));
        unanswered.setLength(0);
      }
    }
    return contents.add(content("user", unanswered + prompt));
  }

  private static JsonObject content(String role, String text) {
    return new JsonObject()
        .put("role", role)
        .put("parts", new JsonArray().add(new JsonObject().put("text", text)));
  }
}
