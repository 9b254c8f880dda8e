package io.voicebus.http.openai.realtime;

import io.vertx.core.json.JsonArray;
import io.voicebus.http.api.Invalid;
import io.voicebus.http.api.RequestJson;
import io.voicebus.http.openai.ChatMessage;
import io.voicebus.http.openai.ChatMessage.Role;
import io.voicebus.http.openai.ChatText;
import io.voicebus.http.wire.JsonText;
import io.voicebus.http.wire.ProblemException;
import io.voicebus.http.wire.StrictUtf8;
import io.voicebus.turn.HeardText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One message of a conversation. NOT thread safe. */
final class RealtimeItem {
  /** What is left to hear, of which nobody notices that it is missing. */
  private static final long ROUNDING_MS = 50;

  private static final int MAX_ID_CHARS = 128;

  /** What a part without a text takes, in UTF-16 units. */
  private static final int PART_CHARS = 32;

  private static final String SPOKEN = "output_audio";
  private static final String WRITTEN = "output_text";
  private static final String INPUT_TEXT = "input_text";
  private static final String INPUT_AUDIO = "input_audio";

  /** How an item stands; the order is that of its life. */
  enum Status {
    IN_PROGRESS,
    COMPLETED,
    INCOMPLETE;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private record Part(String type, String text) {}

  private final String id;
  private final Role role;
  private List<Part> parts;
  private Status status;

  /** What was heard of a spoken answer; null where that cannot be told. */
  private @Nullable HeardText heard;

  private long audioMs;
  private boolean truncated;

  private RealtimeItem(String id, Role role, List<Part> parts, Status status) {
    this.id = id;
    this.role = role;
    this.parts = parts;
    this.status = status;
  }

  /** An answer that has just begun. */
  static RealtimeItem answer(@Nullable HeardText heard) {
    RealtimeItem item =
        new RealtimeItem(newId(), Role.ASSISTANT, new ArrayList<>(), Status.IN_PROGRESS);
    item.heard = heard;
    return item;
  }

  private static String newId() {
    return "item_" + ChatText.random();
  }

  /**
   * Reads a client's.
   *
   * @throws ProblemException 400
   */
  static RealtimeItem parse(RequestJson json) {
    String type = json.text("type");
    if (!type.equals("message")) {
      throw Invalid.field(
          json.path("type"),
          "'" + json.path("type") + "' must be message: tools are not called here");
    }
    Role role =
        switch (json.text("role")) {
          case "system", "developer" -> Role.SYSTEM;
          case "user" -> Role.USER;
          case "assistant" -> Role.ASSISTANT;
          default ->
              throw Invalid.field(
                  json.path("role"),
                  "'" + json.path("role") + "' must be user, assistant or system");
        };
    String id = json.text("id");
    if (id.length() > MAX_ID_CHARS) {
      throw Invalid.field(
          json.path("id"),
          "'" + json.path("id") + "' has more than " + MAX_ID_CHARS + " characters");
    }
    List<Part> parts = new ArrayList<>();
    JsonArray content = json.list("content");
    for (int i = 0; i < content.size(); i++) {
      String path = json.path("content[" + i + "]");
      parts.add(part(RequestJson.item(content.getValue(i), path), role));
    }
    if (parts.isEmpty()) {
      throw Invalid.field(
          json.path("content"), "'" + json.path("content") + "' is missing: send some text");
    }
    return new RealtimeItem(id.isEmpty() ? newId() : id, role, parts, Status.COMPLETED);
  }

  private static Part part(RequestJson json, Role role) {
    String type = json.text("type");
    boolean ofModel = role == Role.ASSISTANT;
    return switch (type) {
      case INPUT_TEXT, WRITTEN, "text" -> {
        if (json.value("text").isEmpty()) {
          throw Invalid.field(json.path("text"), "'" + json.path("text") + "' is missing");
        }
        yield new Part(ofModel ? WRITTEN : INPUT_TEXT, json.text("text"));
      }
      case INPUT_AUDIO, SPOKEN, "audio" -> {
        if (json.text("transcript").isBlank()) {
          throw Invalid.field(
              json.path("transcript"),
              "unsupported_content",
              "Voicebus does not hear: send text, or sound with its 'transcript'");
        }
        yield new Part(ofModel ? SPOKEN : INPUT_AUDIO, json.text("transcript"));
      }
      default ->
          throw Invalid.field(
              json.path("type"),
              "unsupported_content",
              "'"
                  + json.path("type")
                  + "' must be input_text or, of an assistant, output_text or"
                  + " output_audio: only text is read");
    };
  }

  /**
   * The same, if it is not too long.
   *
   * @throws ProblemException 413
   */
  RealtimeItem within(int maxTextBytes) {
    long bytes = StrictUtf8.length(text());
    if (bytes > maxTextBytes) {
      throw Invalid.tooLarge(
          "item.content", "it has " + bytes + " bytes; max-prompt-bytes allows " + maxTextBytes);
    }
    return this;
  }

  String id() {
    return id;
  }

  /** As a model is told of it. */
  ChatMessage message() {
    return new ChatMessage(role, text(), "");
  }

  private String text() {
    return parts.stream().map(Part::text).collect(Collectors.joining("\n"));
  }

  /** What it takes of the memory of a conversation, in UTF-16 units. */
  int weight() {
    return parts.stream().mapToInt(part -> PART_CHARS + part.text.length()).sum();
  }

  // An answer.

  /** So much of its audio was sent. */
  void sent(long ms) {
    audioMs = truncated ? audioMs : ms;
  }

  /** It is over. */
  void end(Status how, boolean spoken, String text) {
    status = how;
    if (!truncated) {
      parts = List.of(new Part(spoken ? SPOKEN : WRITTEN, text));
    }
  }

  /**
   * Only so much of it was heard: from now on the model knows of no more.
   *
   * @throws ProblemException 400 where that cannot be
   */
  void truncate(long endMs) {
    HeardText known = heard;
    if (known == null) {
      throw Invalid.field(
          "item_id",
          role == Role.ASSISTANT
              ? "the item was not spoken lately: there is nothing to cut"
              : "only answers of the model can be cut");
    }
    if (endMs > audioMs) {
      throw Invalid.field(
          "audio_end_ms",
          "the audio of " + audioMs + " ms is shorter than " + endMs + " ms already");
    }
    boolean all = status == Status.COMPLETED && audioMs - endMs <= ROUNDING_MS;
    audioMs = endMs;
    if (!all) {
      truncated = true;
      parts = List.of(new Part(SPOKEN, known.upTo(endMs)));
    }
  }

  /** It cannot be cut any more. */
  void forgetHeard() {
    heard = null;
  }

  boolean canBeCut() {
    return heard != null;
  }

  JsonText json(RealtimeDialect dialect) {
    String content =
        parts.stream()
            .map(part -> part(part, dialect))
            .map(JsonText::toString)
            .collect(Collectors.joining(",", "[", "]"));
    return JsonText.object()
        .put("id", id)
        .put("object", "realtime.item")
        .put("type", "message")
        .put("status", status.word())
        .put("role", role.name().toLowerCase(Locale.ROOT))
        .putJson("content", content);
  }

  private static JsonText part(Part part, RealtimeDialect dialect) {
    boolean isText = part.type.equals(INPUT_TEXT) || part.type.equals(WRITTEN);
    return JsonText.object()
        .put("type", dialect.content(part.type))
        .put(isText ? "text" : "transcript", part.text);
  }
}
