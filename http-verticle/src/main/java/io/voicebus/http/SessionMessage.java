package io.voicebus.http;

import io.voicebus.http.wire.JsonFields;
import io.voicebus.http.wire.ProblemException;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a client says in a session, such as {@code {"type":"input_text.append","text":"Hello"}}.
 *
 * @param type what it is
 * @param fields those that the type has
 */
record SessionMessage(Type type, JsonFields fields) {
  /** Longest message, in bytes: what may wait for a turn, and Vert.x's longest frame. */
  static final int MAX_BYTES = 64 * 1024;

  static final String PRONUNCIATIONS = "pronunciations";

  private static final List<String> OPTIONS =
      List.of(
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

  /** The types, in the order in which a message names them. */
  enum Type {
    UPDATE("session.update", OPTIONS),
    PROMPT("prompt", List.of("text")),
    APPEND("input_text.append", List.of("text")),
    FLUSH("input_text.flush", List.of()),
    END("input_text.end", List.of()),
    CANCEL("cancel", List.of()),
    HOLD("hold", List.of("played_ms")),
    RESUME("resume", List.of("played_ms")),
    POSITION("position", List.of("played_ms", "paused", "turn")),
    PING("ping", List.of());

    private final String word;

    @SuppressWarnings("ImmutableEnumChecker") // List.of
    private final List<String> fields;

    Type(String word, List<String> fields) {
      this.word = word;
      this.fields = fields;
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

    /** What is of another type would have no effect here: its sender believes that it has. */
    void refuseOthers(JsonFields given) {
      for (String name : FIELDS) {
        if (given.has(name) && !name.equals(TYPE) && !fields.contains(name)) {
          String other = OPTIONS.contains(name) ? ": session.update sets it, for later turns" : "";
          throw JsonFields.invalid("'" + name + "' does not go with " + word + other);
        }
      }
    }
  }

  private static final String TYPE = "type";

  private static final List<String> FIELDS =
      Stream.of(List.of(TYPE, "text", "turn", "played_ms", "paused"), OPTIONS)
          .flatMap(List::stream)
          .toList();

  /**
   * Reads a message.
   *
   * @throws ProblemException says what is wrong with it
   */
  static SessionMessage parse(String json) {
    JsonFields fields = JsonFields.parse(json, FIELDS, List.of(PRONUNCIATIONS));
    Type type = Type.of(fields.text(TYPE, ""));
    type.refuseOthers(fields);
    return new SessionMessage(type, fields);
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
