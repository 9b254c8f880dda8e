package io.voicebus.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.voicebus.bus.Clock;
import io.voicebus.bus.FailureKind;
import io.voicebus.turn.TurnEvent;

/**
 * {@code GET /v1/turns/{id}/ws}: the one listener of a turn, with audio and events over one
 * WebSocket.
 */
final class SocketEndpoint {
  private final Vertx vertx;
  private final HttpSettings settings;
  private final Clock clock;
  private final TurnSessions sessions;
  private final ConnectionWatch connections;

  SocketEndpoint(
      Vertx vertx,
      HttpSettings settings,
      Clock clock,
      TurnSessions sessions,
      ConnectionWatch connections) {
    this.vertx = vertx;
    this.settings = settings;
    this.clock = clock;
    this.sessions = sessions;
    this.connections = connections;
  }

  void get(RoutingContext context) {
    HttpServerRequest request = context.request();
    TurnSession session = sessions.find(context.pathParam("id"));
    if (!request.canUpgradeToWebSocket()) {
      throw new Problem("upgrade-required", "A WebSocket is served here", 426, "open a WebSocket")
          .withHeader("Upgrade", "websocket")
          .withHeader("Connection", "Upgrade")
          .toException();
    }
    TurnEvent.Ended end = session.ended();
    if (session.attached()) {
      throw end == null
          ? new Problem(
                  "has-listener",
                  "The turn has a listener",
                  409,
                  "a turn is spoken to one listener; send the prompt again to hear it again")
              .toException()
          : ProblemMapping.of(
                  FailureKind.CANCELLED,
                  "the turn has ended; its audio is not kept, so send the" + " prompt again")
              .toException();
    }
    // One that comes just too late is told how the turn ended.
    request
        .toWebSocket()
        .onSuccess(
            socket ->
                new SocketResponse(
                        vertx, settings, clock, connections, session, request.connection(), socket)
                    .begin())
        .onFailure(context::fail);
  }
}
