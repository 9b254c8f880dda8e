package io.voicebus.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.voicebus.bus.Clock;
import io.voicebus.contract.TurnId;
import io.voicebus.contract.TurnListen;
import io.voicebus.http.door.ConnectionWatch;
import io.voicebus.http.wire.Problem;
import io.voicebus.http.wire.ProblemException;
import io.voicebus.http.wire.ProblemMapping;
import io.voicebus.http.wire.QueryParameter;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /v1/turns/{id}/ws}: the one listener of a turn, with audio and events over one
 * WebSocket.
 */
final class SocketEndpoint {
  private final Vertx vertx;
  private final HttpSettings settings;
  private final Clock clock;
  private final TurnDirectory turns;
  private final ConnectionWatch connections;

  SocketEndpoint(
      Vertx vertx,
      HttpSettings settings,
      Clock clock,
      TurnDirectory turns,
      ConnectionWatch connections) {
    this.vertx = vertx;
    this.settings = settings;
    this.clock = clock;
    this.turns = turns;
    this.connections = connections;
  }

  void get(RoutingContext context) {
    HttpServerRequest request = context.request();
    TurnId turn = TurnDirectory.id(context.pathParam("id"));
    long from = AudioRange.from(QueryParameter.of(request, "from"));
    long lastEvent = lastEvent(QueryParameter.of(request, "last_event_id"));
    if (!isUpgrade(request)) {
      turns
          .state(turn)
          .<String>compose(known -> Future.failedFuture(upgradeRequired()))
          .onFailure(context::fail);
      return;
    }
    // Nothing more is read of it until it has been upgraded.
    request.pause();
    SocketResponse socket =
        new SocketResponse(vertx, settings, clock, connections, turns, turn, request.connection());
    turns
        .connect(new TurnListen(turn, from, true, true, lastEvent), socket)
        .onSuccess(connection -> upgrade(context, socket, connection))
        .onFailure(
            why -> {
              if (ProblemMapping.of(why).type().equals(TurnProblems.RESUME)) {
                upgrade(context, socket, null);
              } else {
                context.fail(why);
              }
            });
  }

  private static void upgrade(
      RoutingContext context, SocketResponse response, @Nullable TurnConnection connection) {
    context
        .request()
        .toWebSocket()
        .onSuccess(socket -> response.begin(socket, connection))
        .onFailure(
            why -> {
              if (connection != null) {
                connection.gone();
              }
              context.fail(why);
            });
  }

  /** Whether a request asks for a WebSocket, and has what Vert.x would miss only on the way. */
  static boolean isUpgrade(HttpServerRequest request) {
    return request.canUpgradeToWebSocket() && request.headers().contains("Sec-WebSocket-Key");
  }

  static ProblemException upgradeRequired() {
    return new Problem("upgrade-required", "A WebSocket is served here", 426, "open a WebSocket")
        .withHeader("Upgrade", "websocket")
        .withHeader("Connection", "Upgrade")
        .toException();
  }

  private static long lastEvent(@Nullable String parameter) {
    return Math.max(0, AudioRange.count("last_event_id", parameter));
  }
}
