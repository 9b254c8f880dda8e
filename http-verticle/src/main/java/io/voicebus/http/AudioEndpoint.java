package io.voicebus.http;

import io.voicebus.http.door.ConnectionWatch;
import io.voicebus.http.wire.Problem;
import io.voicebus.http.wire.ProblemException;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import io.voicebus.contract.TurnId;
import io.voicebus.contract.TurnListen;

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
    AudioFormat format = format(request);
    AudioRange range = AudioRange.of(format, request.getHeader("Range"), request.getParam("from"));
    response.putHeader("Accept-Ranges", "bytes");
    if (request.method().equals(HttpMethod.HEAD)) {
      turns
          .state(turn)
          .onSuccess(known -> head(context, format))
          .onFailure(context::fail);
      return;
    }
    playAgain(context, turn, range);
  }

  private static TurnListen listen(TurnId turn, AudioRange range) {
    return new TurnListen(turn, range.from(), true, false, 0);
  }

  private AudioResponse response(HttpServerRequest request, AudioRange range) {
    return new AudioResponse(vertx, connections, settings.limits().stalled(), request, range);
  }

  /** Sends the audio of a turn that was started before; the range says from where on. */
  void playAgain(RoutingContext context, TurnId turn, AudioRange range) {
    AudioResponse audio = response(context.request(), range);
    turns.connect(listen(turn, range), audio).onSuccess(audio::begin).onFailure(context::fail);
  }

  /** Answers {@code HEAD}. */
  static void head(RoutingContext context, AudioFormat format) {
    String type = format == AudioFormat.WAV ? "audio/wav" : "audio/pcm";
    context.response().putHeader("Content-Type", type).end();
  }

  /** Sends a turn's audio to this request, from its beginning on. */
  void play(TurnSession session, HttpServerRequest request, AudioFormat format) {
    AudioRange all = AudioRange.all(format);
    AudioResponse audio = response(request, all);
    audio.begin(new OwnConnection(session, listen(session.id(), all), audio));
  }

  /**
   * The format that this request asks for.
   *
   * @throws ProblemException 406
   */
  static AudioFormat format(HttpServerRequest request) {
    return AudioFormat.negotiate(String.join(",", request.headers().getAll("Accept")))
        .orElseThrow(
            () ->
                new Problem(
                        "not-acceptable",
                        "There is no such format",
                        406,
                        "accept audio/wav, or audio/pcm for the samples alone")
                    .toException());
  }
}
