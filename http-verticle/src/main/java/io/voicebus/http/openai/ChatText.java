package io.voicebus.http.openai;

import io.voicebus.http.wire.JsonText;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes one answer of a chat as JSON.
 *
 * @param id id of the answer
 * @param created Unix time in seconds
 * @param model the model's name in the request
 */
public record ChatText(String id, long created, String model) {
  /** Of a new answer. */
  static ChatText begin(String model, Instant now) {
    return new ChatText(
        "chatcmpl-" + random(), now.getEpochSecond(), model.isEmpty() ? "voicebus" : model);
  }

  /** As long as nobody guesses. */
  public static String random() {
    return UUID.randomUUID().toString().replace("-", "");
  }

  /** One event of a stream: what is new. */
  String delta(JsonText delta) {
    return chunk("[{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":null}]", null);
  }

  /** The last event with a choice. */
  String finish(String reason) {
    return chunk(
        "[{\"index\":0,\"delta\":{},\"finish_reason\":" + JsonText.quoted(reason) + "}]", null);
  }

  /** The event after that. */
  String usage(ChatUsage usage) {
    return chunk("[]", usage);
  }

  private String chunk(String choices, @Nullable ChatUsage usage) {
    JsonText json = head("chat.completion.chunk").putJson("choices", choices);
    if (usage != null) {
      json.put("usage", usage.toJson());
    }
    return EventText.of(json);
  }

  /** A whole answer. */
  JsonText whole(JsonText message, String reason, ChatUsage usage) {
    JsonText choice =
        JsonText.object()
            .put("index", 0)
            .put("message", message)
            .putJson("logprobs", "null")
            .put("finish_reason", reason);
    return head("chat.completion")
        .putJson("choices", "[" + choice + "]")
        .put("usage", usage.toJson());
  }

  private JsonText head(String object) {
    return JsonText.object()
        .put("id", id)
        .put("object", object)
        .put("created", created)
        .put("model", model);
  }
}
