package io.voicebus.launcher;

import io.vertx.core.json.JsonObject;
import io.voicebus.http.EventJson;
import io.voicebus.turn.TurnEvent;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Writes a turn's events for programs, each as a line of JSON: those of the HTTP API, with their
 * names in {@code event}. NOT thread safe.
 */
final class EventLines implements Consumer<TurnEvent> {
  /** For a turn whose events are not read. */
  static final EventLines NONE = new EventLines(OutputStream.nullOutputStream());

  private final PrintStream out;

  EventLines(OutputStream out) {
    this.out = new PrintStream(out, true, StandardCharsets.UTF_8);
  }

  @Override
  public void accept(TurnEvent event) {
    if (this != NONE && !(event instanceof TurnEvent.Word)) {
      EventJson json = EventJson.of(event);
      line(json.name(), json.data());
    }
  }

  /** Events are missing here, since the reader was too slow. */
  void gap() {
    line("gap", "{}");
  }

  /** The turn was stopped: no other event follows. */
  void stopped() {
    String outcome = TurnEvent.Outcome.CANCELLED.name().toLowerCase(Locale.ROOT);
    line("end", new JsonObject().put("outcome", outcome).encode());
  }

  private void line(String name, String data) {
    out.print(
        "{\"event\":\"" + name + "\"" + (data.equals("{}") ? "" : ",") + data.substring(1) + "\n");
    out.flush();
  }
}
