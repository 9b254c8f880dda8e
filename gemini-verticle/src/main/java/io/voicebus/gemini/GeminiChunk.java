package io.voicebus.gemini;

import io.vertx.core.json.JsonObject;
import io.voicebus.contract.FailureKind;
import java.util.List;
import java.util.Optional;

/**
 * One event of an answer.
 *
 * @param text what it adds to the answer, without thoughts; may be empty
 * @param finish why the model stopped, on the last event
 * @param finishReason the same in the service's words, or empty
 * @param fault an error, a refused prompt, or something that is no answer at all
 */
record GeminiChunk(
    String text, Optional<GeminiFinish> finish, String finishReason, Optional<GeminiFault> fault) {

  /** Reads an event's data; never fails. Unknown fields are ignored. */
  static GeminiChunk read(String data) {
    Optional<JsonObject> parsed = GeminiJson.parse(data);
    if (parsed.isEmpty()) {
      return faulty(
          GeminiFault.of(
              FailureKind.LOST,
              "Gemini's stream is garbled (an event is no JSON), try again",
              GeminiFault.PASSES));
    }
    JsonObject json = parsed.get();
    Optional<GeminiFault> error = GeminiFault.findIn(json);
    if (error.isPresent()) {
      return faulty(error.get());
    }
    String blocked = GeminiJson.text(GeminiJson.object(json, "promptFeedback"), "blockReason");
    if (!blocked.isEmpty()) {
      return faulty(GeminiFinish.blocked("the prompt", blocked));
    }
    return first(GeminiJson.objects(json, "candidates"));
  }

  private static GeminiChunk faulty(GeminiFault fault) {
    return new GeminiChunk("", Optional.empty(), "", Optional.of(fault));
  }

  private static GeminiChunk first(List<JsonObject> candidates) {
    for (JsonObject candidate : candidates) {
      if (GeminiJson.number(candidate, "index") == 0) {
        String reason = GeminiJson.text(candidate, "finishReason");
        return new GeminiChunk(
            text(GeminiJson.object(candidate, "content")),
            reason.isEmpty() ? Optional.empty() : Optional.of(GeminiFinish.of(reason)),
            reason,
            Optional.empty());
      }
    }
    return new GeminiChunk("", Optional.empty(), "", Optional.empty());
  }

  private static String text(JsonObject content) {
    StringBuilder text = new StringBuilder();
    for (JsonObject part : GeminiJson.objects(content, "parts")) {
      if (!GeminiJson.flag(part, "thought")) {
        text.append(GeminiJson.text(part, "text"));
      }
    }
    return text.toString();
  }
}
