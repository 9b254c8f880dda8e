package io.voicebus.http;

import io.voicebus.bus.Failure;
import io.voicebus.contract.TurnId;
import io.voicebus.contract.TurnListen;
import io.voicebus.http.api.ApiSocket;
import io.voicebus.http.wire.JsonText;
import java.util.Base64;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One turn of a session: gives its client the turn's events and audio, from {@code begin} to {@code
 * end}, and nothing of it before or after. NOT thread safe.
 */
final class SessionTurn implements TurnClient {
  private final TurnSession turn;
  private final ApiSocket out;
  private final boolean base64;
  private final String mode;
  private final @Nullable SessionText text;
  private final Consumer<SessionTurn> onOver;
  private final OwnConnection connection;

  /** The last event, which comes when all of the audio has been sent. */
  private @Nullable JsonText end;

  private boolean over;

  /**
   * A turn that has begun, of which nothing is sent before {@link #start}.
   *
   * @param text that its client writes; null for a prompt
   */
  SessionTurn(
      TurnSession turn,
      ApiSocket out,
      boolean base64,
      @Nullable SessionText text,
      Consumer<SessionTurn> onOver) {
    this.turn = turn;
    this.out = out;
    this.base64 = base64;
    this.mode = text == null ? "ask" : text.options().textMode();
    this.text = text;
    this.onOver = onOver;
    this.connection =
        new OwnConnection(turn, new TurnListen(turn.id(), TurnListen.NEW, true, true, 0), this);
  }

  TurnId id() {
    return turn.id();
  }

  /** The text that it speaks; null where a model answers. */
  @Nullable SessionText text() {
    return text;
  }

  /** Its messages are sent from here on. */
  void start() {
    out.send(message("begin", JsonText.object().put("mode", mode)));
    connection.start();
  }

  void drained() {
    connection.drained();
  }

  void position(PositionJson position) {
    turn.position(position);
  }

  /** Sends nothing more until {@link #resume}; the position is negative where it is unknown. */
  void hold(long playedMs) {
    turn.hold(playedMs);
  }

  /** Continues; the position is negative for a client that has kept the audio that it had. */
  void resume(long playedMs) {
    turn.resume(playedMs);
  }

  /** Whether its listener has paused, and may still. */
  boolean paused() {
    return turn.paused();
  }

  /** Ends it; of one that has ended, its listener plays no more. */
  void cancel(String why) {
    turn.delete(why);
  }

  /** The connection is lost: its client may come back to the turn, over another one. */
  void gone() {
    over = true;
    connection.gone();
  }

  private JsonText message(String event, JsonText data) {
    return JsonText.object().put("turn", id().value()).put("event", event).put("data", data);
  }

  @Override
  public boolean full() {
    return out.full();
  }

  @Override
  public void format(int sampleRateHz) {
    out.send(
        message(
            "format",
            JsonText.object()
                .put("sample_rate_hz", sampleRateHz)
                .put("channels", 1)
                .put("bits", 16)));
  }

  @Override
  public void audio(int chunk, byte[] pcm) {
    if (base64) {
      String samples = Base64.getEncoder().encodeToString(pcm);
      out.send(message("audio", JsonText.object().put("chunk", chunk).put("pcm", samples)));
    } else {
      out.audio(pcm);
    }
  }

  @Override
  public void event(long dropped, long id, EventJson event) {
    if (dropped > 0) {
      out.send(message("dropped", JsonText.object().put("events", dropped)));
    }
    JsonText message =
        JsonText.object()
            .put("turn", id().value())
            .put("id", id)
            .put("event", event.name())
            .putJson("data", event.data());
    if (event.name().equals("end")) {
      end = message;
    } else {
      out.send(message);
    }
  }

  @Override
  public void ended(@Nullable Failure why) {
    if (end != null) {
      out.send(end);
    }
    over();
  }

  @Override
  public void dismissed() {
    out.send(message("dismissed", JsonText.object()));
    over();
  }

  @Override
  public void lost() {
    dismissed();
  }

  private void over() {
    if (!over) {
      over = true;
      onOver.accept(this);
    }
  }
}
