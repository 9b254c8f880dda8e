package io.voicebus.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import io.voicebus.bus.FailureKind;
import io.voicebus.turn.TurnEvent;

/** {@code GET /v1/turns/{id}/audio}: the one listener of a turn. */
final class AudioEndpoint {
  private final Vertx vertx;
  private final HttpSettings settings;
  private final TurnSessions sessions;
  private final ConnectionWatch connections;

  AudioEndpoint(
      Vertx vertx, HttpSettings settings, TurnSessions sessions, ConnectionWatch connections) {
    this.vertx = vertx;
    this.settings = settings;
    this.sessions = sessions;
    this.connections = connections;
  }

  void get(RoutingContext context) {
    HttpServerRequest request = context.request();
    HttpServerResponse response = context.response();
    TurnSession session = sessions.find(context.pathParam("id"));
    AudioFormat format = format(request);
    response.putHeader("Accept-Ranges", "none");
    TurnEvent.Ended end = session.ended();
    if (end != null) {
      ended(session, end, response, format);
    } else if (request.method().equals(HttpMethod.HEAD)) {
      response.putHeader("Content-Type", format == AudioFormat.WAV ? "audio/wav" : "audio/pcm");
      response.end();
    } else if (session.attached()) {
      throw new Problem(
              "has-listener",
              "The turn has a listener",
              409,
              "a turn is spoken to one listener; send the prompt again to hear it again")
          .toException();
    } else {
      play(session, request, format);
    }
  }

  /** One that comes just too late gets what it would have got. */
  private static void ended(
      TurnSession session, TurnEvent.Ended end, HttpServerResponse response, AudioFormat format) {
    if (!session.attached() && end.outcome() != TurnEvent.Outcome.CANCELLED) {
      AudioResponse.sendWithoutAudio(response, format, end);
      return;
    }
    String outcome = ProblemMapping.dashed(end.outcome());
    throw new Problem(
            "ended",
            "The turn has ended",
            ProblemMapping.status(FailureKind.CANCELLED),
            "the turn has "
                + (end.failure() == null ? "ended" : "ended: " + end.failure().detail())
                + "; its audio is not kept, so send the prompt again")
        .withMember("outcome", outcome)
        .toException();
  }

  /** Sends a turn's audio to this request. */
  void play(TurnSession session, HttpServerRequest request, AudioFormat format) {
    new AudioResponse(vertx, connections, settings.limits().stalled(), session, request, format)
        .begin();
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
