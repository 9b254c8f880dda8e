package io.voicebus.emulators;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.stream.Collectors;

/** An answer that is no stream, and what it shares with one that is. */
final class OpenAiChat {
  /** Seconds since 1970; the same in every answer, so that answers can be compared. */
  static final long CREATED = 1_767_225_600L;

  private OpenAiChat() {}

  static JsonObject usage(String prompt, int completionTokens) {
    int promptTokens = TextPace.tokens(prompt);
    return new JsonObject()
        .put("prompt_tokens", promptTokens)
        .put("completion_tokens", completionTokens)
        .put("total_tokens", promptTokens + completionTokens);
  }

  /** The whole answer. */
  static JsonObject completion(OpenAiChatScript script, OpenAiChatCall call) {
    String text = text(script);
    String refusal = text(script, OpenAiPart.Kind.REFUSAL);
    int end = new TextPace(0, 0, Integer.MAX_VALUE).eventEnd(text, 0, call.maxTokens());
    JsonObject message =
        new JsonObject()
            .put("role", "assistant")
            .put("content", text.substring(0, end))
            .put("refusal", refusal.isEmpty() ? null : refusal);
    String reason = script.ending().reason();
    JsonObject choice =
        new JsonObject()
            .put("index", 0)
            .put("message", message)
            .put(
                "finish_reason",
                end < text.length() ? "length" : reason.isEmpty() ? "stop" : reason);
    return new JsonObject()
        .put("id", "chatcmpl-emulated-" + call.number())
        .put("object", "chat.completion")
        .put("created", CREATED)
        .put("model", call.model())
        .put("choices", new JsonArray().add(choice))
        .put("usage", usage(call.prompt(), TextPace.tokens(text.substring(0, end))));
  }

  /** The text of the answer. */
  static String text(OpenAiChatScript script) {
    return text(script, OpenAiPart.Kind.TEXT);
  }

  private static String text(OpenAiChatScript script, OpenAiPart.Kind kind) {
    return script.parts().stream()
        .filter(part -> part.kind() == kind)
        .map(OpenAiPart::text)
        .collect(Collectors.joining());
  }
}
