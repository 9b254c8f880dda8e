package io.voicebus.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a listener says over its socket: {@code {"type":"position","played_ms":1200,"paused":false}}
 * or {@code {"type":"cancel"}}.
 *
 * @param position its own report; null when it asks for the end
 */
record SocketCommand(@Nullable PositionJson position) {
  /** Longest message, in bytes. */
  static final int MAX_BYTES = 1024;

  /**
   * Reads a message.
   *
   * @throws ProblemException says what is wrong with it
   */
  static SocketCommand parse(String text) {
    JsonFields fields = JsonFields.parse(text, List.of("type", "played_ms", "paused"));
    String type = fields.text("type", "");
    return switch (type) {
      case "position" ->
          new SocketCommand(
              new PositionJson(fields.count("played_ms"), fields.flag("paused", false)));
      case "cancel" -> new SocketCommand(null);
      default ->
          throw JsonFields.invalid(
              "'type' must be position or cancel, not " + JsonFields.show(type));
    };
  }
}
