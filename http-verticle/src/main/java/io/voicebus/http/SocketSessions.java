package io.voicebus.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.voicebus.bus.Clock;
import io.voicebus.http.api.ApiSocket;
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
   * Whether the request can become a WebSocket now.
   *
   * @throws ProblemException 426 where none is asked for, 503 of a server that stops
   */
  void require(HttpServerRequest request) {
    if (!SocketEndpoint.isUpgrade(request)) {
      throw SocketEndpoint.upgradeRequired();
    }
    ProblemException refusal = sessions.draining() ? sessions.refusal(Caller.of(request)) : null;
    if (refusal != null) {
      throw refusal;
    }
  }

  /**
   * Opens the socket that is asked for.
   *
   * @param session what is said there; called once it is open
   * @return fails when it cannot be opened
   * @throws ProblemException as {@link #require}
   */
  Future<Void> open(HttpServerRequest request, Function<ApiSocket, SocketSession> session) {
    require(request);
    return request
        .toWebSocket()
        .onSuccess(
            socket ->
                new SessionResponse(
                        vertx,
                        settings,
                        clock,
                        sessions,
                        connections,
                        request.connection(),
                        socket,
                        session)
                    .begin())
        .mapEmpty();
  }
}
