package io.voicebus.http.openai.realtime;

import io.voicebus.http.api.ApiSocket;
import io.voicebus.http.wire.JsonText;
import io.voicebus.http.wire.OpenAiErrors;
import io.voicebus.http.wire.Problem;
import java.util.Optional;

/** Writes what a session's client is told. NOT thread safe. */
final class RealtimeOutput {
  private final ApiSocket socket;
  private final RealtimeDialect dialect;
  private long events;

  RealtimeOutput(ApiSocket socket, RealtimeDialect dialect) {
    this.socket = socket;
    this.dialect = dialect;
  }

  RealtimeDialect dialect() {
    return dialect;
  }

  /** Whether the client takes nothing more for now. */
  boolean full() {
    return socket.full();
  }

  /** An event of this type, by its name of today; clients are deaf to one without an id. */
  JsonText event(String type) {
    return JsonText.object()
        .put("type", dialect.event(type))
        .put("event_id", "event_" + Long.toString(++events, Character.MAX_RADIX));
  }

  /** Sends an event of a response. */
  void send(JsonText event) {
    socket.send(event);
  }

  /** Answers an event of the client. */
  void answer(JsonText event) {
    socket.answer(event);
  }

  /**
   * Something cannot be done.
   *
   * @param causedBy the id of the client's event, which may wait for it; empty for none
   */
  void error(Problem problem, String causedBy) {
    JsonText error = OpenAiErrors.json(problem);
    if (causedBy.isEmpty()) {
      error.putJson("event_id", "null");
    } else {
      error.put("event_id", causedBy);
    }
    socket.answer(event("error").put("error", error));
  }

  /** An item is there, behind the one of that id. */
  JsonText added(RealtimeItem item, Optional<String> before) {
    return placed("conversation.item.added", item, before);
  }

  /** An item is whole. */
  JsonText whole(RealtimeItem item, Optional<String> before) {
    return placed("conversation.item.done", item, before);
  }

  private JsonText placed(String type, RealtimeItem item, Optional<String> before) {
    return event(type)
        .putJson("previous_item_id", before.map(JsonText::quoted).orElse("null"))
        .put("item", item.json(dialect));
  }

  /** An item is forgotten. */
  JsonText deleted(String id) {
    return event("conversation.item.deleted").put("item_id", id);
  }
}
