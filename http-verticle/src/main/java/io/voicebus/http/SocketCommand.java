package io.voicebus.http;

import io.voicebus.http.wire.JsonFields;
import io.voicebus.http.wire.ProblemException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a listener says over its socket: {@code
 * {"type":"position","played_ms":1200,"paused":false}}, {@code {"type":"cancel"}} or, of one that
 * comes back, as the first message, {@code
 * {"type":"resume","turn":"…","sample":48000,"last_event_id":12}}.
 *
 * @param position its own report; else null
 * @param resume what it has; else null
 */
record SocketCommand(@Nullable PositionJson position, @Nullable Resume resume) {
  /** Longest message, in bytes. */
  static final int MAX_BYTES = 1024;

  /**
   * A listener comes back.
   *
   * @param turn whose it is
   * @param sample how many samples it has
   * @param lastEvent the last event that it has; 0 for none
   */
  record Resume(String turn, long sample, long lastEvent) {}

  /**
   * Reads a message.
   *
   * @throws ProblemException says what is wrong with it
   */
  static SocketCommand parse(String text) {
    JsonFields fields =
        JsonFields.parse(
            text, List.of("type", "played_ms", "paused", "turn", "sample", "last_event_id"));
    String type = fields.text("type", "");
    return switch (type) {
      case "position" ->
          new SocketCommand(
              new PositionJson(fields.count("played_ms"), fields.flag("paused", false)), null);
      case "resume" ->
          new SocketCommand(
              null,
              new Resume(
                  fields.text("turn", ""),
                  fields.count("sample"),
                  fields.count("last_event_id", 0)));
      case "cancel" -> new SocketCommand(null, null);
      default ->
          throw JsonFields.invalid(
              "'type' must be position, cancel or resume, not " + JsonFields.show(type));
    };
  }
}
