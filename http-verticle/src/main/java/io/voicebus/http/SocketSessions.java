package io.voicebus.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.voicebus.bus.Clock;
import io.voicebus.http.api.SessionSocket;
import io.voicebus.http.api.SocketSession;
import io.voicebus.http.door.Caller;
import io.voicebus.http.door.ConnectionWatch;
import io.voicebus.http.wire.ProblemException;
import java.util.function.Function;

/** Opens the WebSockets over which clients have turn after turn. */
final class SocketSessions {
  private final Vertx vertx;
  private final HttpSettings settings;
  private final Clock clock;
  private final TurnSessions sessions;
  private final ConnectionWatch connections;

  SocketSessions(
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

  /**
   * Opens the socket that is asked for.
   *
   * @param session what is said there; called before it is open
   * @return fails when it cannot be opened
   * @throws ProblemException 426 where none is asked for, 503 of a server that stops
   */
  Future<Void> open(HttpServerRequest request, Function<SessionSocket, SocketSession> session) {
    if (!request.canUpgradeToWebSocket()) {
      throw SocketEndpoint.upgradeRequired();
    }
    if (sessions.draining()) {
      ProblemException refusal = sessions.refusal(Caller.of(request));
      if (refusal != null) {
        throw refusal;
      }
    }
    SessionResponse response =
        new SessionResponse(
            vertx, settings, clock, sessions, connections, request.connection(), session);
    return request.toWebSocket().onSuccess(response::begin).mapEmpty();
  }
}
