package io.voicebus.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import io.voicebus.audio.AudioCoding;
import io.voicebus.audio.UnsupportedAudioException;
import io.voicebus.bus.FailureKind;
import io.voicebus.contract.TurnId;
import io.voicebus.contract.TurnListen;
import io.voicebus.http.door.ConnectionWatch;
import io.voicebus.http.wire.ProblemMapping;
import io.voicebus.http.wire.QueryParameter;
import java.util.function.Supplier;

/** {@code GET /v1/turns/{id}/audio}: the one listener of a turn. */
final class AudioEndpoint {
  private final Vertx vertx;
  private final HttpSettings settings;
  private final TurnDirectory turns;
  private final ConnectionWatch connections;

  AudioEndpoint(
      Vertx vertx, HttpSettings settings, TurnDirectory turns, ConnectionWatch connections) {
    this.vertx = vertx;
    this.settings = settings;
    this.turns = turns;
    this.connections = connections;
  }

  void get(RoutingContext context) {
    HttpServerRequest request = context.request();
    HttpServerResponse response = context.response();
    TurnId turn = TurnDirectory.id(context.pathParam("id"));
    AudioCoding coding = AudioChoice.of(request);
    AudioRange range =
        AudioRange.of(coding, request.getHeader("Range"), QueryParameter.of(request, "from"));
    response.putHeader("Accept-Ranges", coding.isPlain() ? "bytes" : "none");
    if (request.method().equals(HttpMethod.HEAD)) {
      turns.state(turn).onSuccess(known -> head(context, coding)).onFailure(context::fail);
      return;
    }
    playAgain(context, turn, range);
  }

  private static TurnListen listen(TurnId turn, AudioRange range) {
    return new TurnListen(turn, range.from(), true, false, 0);
  }

  private AudioResponse response(HttpServerRequest request, AudioRange range) {
    try {
      return new AudioResponse(vertx, connections, settings.limits().stalled(), request, range);
    } catch (UnsupportedAudioException e) {
      throw ProblemMapping.of(FailureKind.RATE_LIMITED, e.getMessage()).toException();
    }
  }

  /** Sends the audio of a turn that was started before; the range says from where on. */
  void playAgain(RoutingContext context, TurnId turn, AudioRange range) {
    AudioResponse audio = response(context.request(), range);
    turns
        .connect(listen(turn, range), audio)
        .onSuccess(audio::begin)
        .onFailure(
            why -> {
              audio.discard();
              context.fail(why);
            });
  }

  /** Answers {@code HEAD}. */
  static void head(RoutingContext context, AudioCoding coding) {
    String type = coding.format().mediaTypes().get(0);
    context.response().putHeader("Content-Type", type).end();
  }

  /** Starts a turn, and sends all of its audio to this request. */
  TurnSession play(Supplier<TurnSession> start, HttpServerRequest request, AudioCoding coding) {
    AudioRange all = AudioRange.all(coding);
    AudioResponse audio = response(request, all);
    try {
      TurnSession session = start.get();
      request.response().putHeader("Voicebus-Turn", session.id().value());
      audio.begin(new OwnConnection(session, listen(session.id(), all), audio));
      return session;
    } catch (RuntimeException e) {
      audio.discard();
      throw e;
    }
  }
}
