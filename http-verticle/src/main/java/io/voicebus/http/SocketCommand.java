package io.voicebus.http;

import io.voicebus.http.wire.JsonFields;
import io.voicebus.http.wire.ProblemException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a listener says over its socket: {@code
 * {"type":"position","played_ms":1200,"paused":false}}, {@code {"type":"hold","played_ms":1200}},
 * {@code {"type":"resume"}}, {@code {"type":"cancel"}} or, of one that comes back, as the first
 * message, {@code {"type":"resume","turn":"…","sample":48000,"last_event_id":12}}.
 *
 * @param position its own report; else null
 * @param hold whether the turn is put on hold, or goes on; else null
 * @param resume what it has; else null
 */
record SocketCommand(
    @Nullable PositionJson position, @Nullable Hold hold, @Nullable Resume resume) {
  /** Longest message, in bytes. */
  static final int MAX_BYTES = 1024;

  /**
   * A turn is put on hold, or goes on.
   *
   * @param on which
   * @param playedMs what the listener has played, or has kept; below 0 where it does not say
   */
  record Hold(boolean on, long playedMs) {
    static Hold of(boolean on, JsonFields fields) {
      return new Hold(on, fields.count("played_ms", -1));
    }
  }

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
              new PositionJson(fields.count("played_ms"), fields.flag("paused", false)),
              null,
              null);
      case "hold" -> new SocketCommand(null, Hold.of(true, fields), null);
      case "resume" ->
          fields.has("turn") || fields.has("sample")
              ? new SocketCommand(null, null, comesBack(fields))
              : new SocketCommand(null, Hold.of(false, fields), null);
      case "cancel" -> new SocketCommand(null, null, null);
      default ->
          throw JsonFields.invalid(
              "'type' must be position, hold, resume or cancel, not " + JsonFields.show(type));
    };
  }

  private static Resume comesBack(JsonFields fields) {
    return new Resume(
        fields.text("turn", ""), fields.count("sample"), fields.count("last_event_id", 0));
  }
}
