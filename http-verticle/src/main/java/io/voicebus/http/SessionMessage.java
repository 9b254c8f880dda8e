package io.voicebus.http;

import io.voicebus.http.wire.JsonFields;
import io.voicebus.http.wire.ProblemException;
import java.util.List;

/**
 * What a client says in a session, such as {@code {"type":"input_text.append","text":"Hello"}}.
 *
 * @param type what it is
 * @param fields of all types: those that a type has not are not looked at
 */
record SessionMessage(Type type, JsonFields fields) {
  /** Longest message, in bytes: what may wait for a turn, and Vert.x's longest frame. */
  static final int MAX_BYTES = 64 * 1024;

  static final String PRONUNCIATIONS = "pronunciations";

  /** The types, in the order in which a message names them. */
  enum Type {
    UPDATE("session.update"),
    PROMPT("prompt"),
    APPEND("input_text.append"),
    FLUSH("input_text.flush"),
    END("input_text.end"),
    CANCEL("cancel"),
    HOLD("hold"),
    RESUME("resume"),
    POSITION("position"),
    PING("ping");

    private final String word;

    Type(String word) {
      this.word = word;
    }

    static Type of(String word) {
      for (Type type : values()) {
        if (type.word.equals(word)) {
          return type;
        }
      }
      throw JsonFields.invalid(
          "'type' must be one of "
              + String.join(", ", List.of(values()).stream().map(type -> type.word).toList())
              + ", not "
              + JsonFields.show(word));
    }
  }

  private static final List<String> FIELDS =
      List.of(
          "type",
          "text",
          "turn",
          "played_ms",
          "paused",
          "conversation",
          "voice",
          "language",
          "mode",
          "pace",
          "clauses",
          "audio",
          "speed",
          "words",
          PRONUNCIATIONS);

  /**
   * Reads a message.
   *
   * @throws ProblemException says what is wrong with it
   */
  static SessionMessage parse(String json) {
    JsonFields fields = JsonFields.parse(json, FIELDS, List.of(PRONUNCIATIONS));
    return new SessionMessage(Type.of(fields.text("type", "")), fields);
  }

  /**
   * The text that it is about.
   *
   * @throws ProblemException where there is none
   */
  String text() {
    if (!fields.has("text")) {
      throw JsonFields.invalid("'text' is missing");
    }
    return fields.text("text", "");
  }
}
