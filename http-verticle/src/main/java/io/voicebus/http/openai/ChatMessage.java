package io.voicebus.http.openai;

import io.vertx.core.json.JsonArray;
import io.voicebus.http.api.Invalid;
import io.voicebus.http.api.RequestJson;
import java.util.ArrayList;
import java.util.List;

/**
 * One message of a chat.
 *
 * @param role the sender's role
 * @param text the text; empty if the message is a spoken answer's id
 * @param audioId id of a spoken answer of this server; empty for none
 */
public record ChatMessage(Role role, String text, String audioId) {
  /** The role of a message's sender. */
  public enum Role {
    /** Who tells the model how to answer. */
    SYSTEM,
    /** Who asks. */
    USER,
    /** The model. */
    ASSISTANT
  }

  /** Reads the messages of a request. */
  static List<ChatMessage> list(RequestJson request) {
    JsonArray messages = request.list("messages");
    List<ChatMessage> list = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      list.add(of(RequestJson.item(messages.getValue(i), "messages[" + i + "]")));
    }
    return list;
  }

  private static ChatMessage of(RequestJson message) {
    Role role =
        switch (message.text("role")) {
          case "system", "developer" -> Role.SYSTEM;
          case "user" -> Role.USER;
          case "assistant" -> Role.ASSISTANT;
          default ->
              throw Invalid.field(
                  message.path("role"),
                  "'"
                      + message.path("role")
                      + "' must be system, developer, user or assistant: tools are not called here");
        };
    String audioId = message.object("audio").map(audio -> audio.text("id")).orElse("");
    return new ChatMessage(role, text(message), role == Role.ASSISTANT ? audioId : "");
  }

  private static String text(RequestJson message) {
    Object content = message.value("content").orElse("");
    String path = message.path("content");
    if (content instanceof String text) {
      return RequestJson.whole(path, text);
    }
    if (!(content instanceof JsonArray parts)) {
      throw Invalid.field(path, "invalid_type", "'" + path + "' must be a string or a list");
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < parts.size(); i++) {
      String part = part(path + "[" + i + "]", parts.getValue(i));
      text.append(text.isEmpty() ? "" : "\n").append(part);
    }
    return text.toString();
  }

  private static String part(String path, Object part) {
    RequestJson fields = RequestJson.item(part, path);
    return switch (fields.text("type")) {
      case "text" -> fields.text("text");
      case "refusal" -> fields.text("refusal");
      default ->
          throw Invalid.field(
              path, "unsupported_content", "'" + path + "' is no text: only that is read");
    };
  }
}
