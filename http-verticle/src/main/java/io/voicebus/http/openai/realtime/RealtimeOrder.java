package io.voicebus.http.openai.realtime;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.voicebus.contract.AnswerLimits;
import io.voicebus.contract.Background;
import io.voicebus.http.api.Invalid;
import io.voicebus.http.api.RequestJson;
import io.voicebus.http.openai.ChatDialogue;
import io.voicebus.http.openai.ChatMessage;
import io.voicebus.http.openai.ChatMessage.Role;
import io.voicebus.http.wire.ProblemException;
import io.voicebus.http.wire.StrictUtf8;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a {@code response.create} asks for.
 *
 * @param config what is chosen for it
 * @param kept whether the conversation remembers it
 * @param metadata of the client's, as JSON
 * @param dialogue what the model is asked
 */
record RealtimeOrder(RealtimeConfig config, boolean kept, String metadata, ChatDialogue dialogue) {
  /** A model wants to be asked something, which it need not be here. */
  private static final String BEGIN = "Begin the conversation.";

  private static final String GO_ON = "Go on.";

  /**
   * Reads it.
   *
   * @param json what it says of the response; an empty object for nothing
   * @param items the conversation, which is answered unless it brings items of its own
   * @throws ProblemException 400, 413
   */
  static RealtimeOrder parse(
      RequestJson json, RealtimeConfig session, RealtimeItems items, int maxTextBytes) {
    List<ChatMessage> messages =
        json.value("input").isPresent()
            ? input(json, items, maxTextBytes)
            : new ArrayList<>(items.messages());
    messages.removeIf(message -> message.text().isBlank());
    RealtimeConfig config = session.with(json);
    String instructions = config.instructions();
    if (messages.isEmpty() || messages.get(messages.size() - 1).role() != Role.USER) {
      boolean asked = json.value("instructions").isPresent() && !instructions.isBlank();
      String prompt = messages.isEmpty() ? BEGIN : GO_ON;
      messages.add(new ChatMessage(Role.USER, asked ? instructions : prompt, ""));
      instructions = asked ? session.instructions() : instructions;
    }
    messages.add(0, new ChatMessage(Role.SYSTEM, instructions, ""));
    return new RealtimeOrder(
        config, kept(json), metadata(json), ChatDialogue.of(messages, Map.of()));
  }

  /** What the model is told before the prompt. */
  Background background() {
    return dialogue.background().withLimits(AnswerLimits.of(config.maxTokens(), List.of()));
  }

  private static List<ChatMessage> input(RequestJson json, RealtimeItems items, int maxTextBytes) {
    JsonArray input = json.list("input");
    List<ChatMessage> messages = new ArrayList<>();
    long bytes = 0;
    for (int i = 0; i < input.size(); i++) {
      RequestJson one = RequestJson.item(input.getValue(i), json.path("input[" + i + "]"));
      ChatMessage message =
          one.text("type").equals("item_reference")
              ? items.get(one.text("id")).message()
              : RealtimeItem.parse(one).message();
      // A short message may name a long one a thousand times.
      bytes += StrictUtf8.length(message.text());
      if (bytes > maxTextBytes) {
        throw Invalid.tooLarge(
            json.path("input"),
            "'"
                + json.path("input")
                + "' is too long: max-prompt-bytes allows "
                + maxTextBytes
                + " together");
      }
      messages.add(message);
    }
    return messages;
  }

  private static boolean kept(RequestJson json) {
    return switch (json.text("conversation")) {
      case "", "auto" -> true;
      case "none" -> false;
      default ->
          throw Invalid.field(
              json.path("conversation"),
              "'" + json.path("conversation") + "' must be auto or none: a session has one");
    };
  }

  private static String metadata(RequestJson json) {
    Object metadata = json.value("metadata").orElse(null);
    if (metadata == null) {
      return "null";
    }
    if (metadata instanceof JsonObject object) {
      return object.encode();
    }
    throw Invalid.field(
        json.path("metadata"), "invalid_type", "'" + json.path("metadata") + "' must be an object");
  }
}
