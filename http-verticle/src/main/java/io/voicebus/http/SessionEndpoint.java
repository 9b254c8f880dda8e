package io.voicebus.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.voicebus.bus.Clock;
import io.voicebus.http.door.Caller;
import io.voicebus.http.door.ConnectionWatch;
import io.voicebus.http.wire.JsonFields;
import io.voicebus.http.wire.ProblemException;
import io.voicebus.http.wire.QueryParameter;
import java.util.Map;
import java.util.UUID;

/**
 * {@code GET /v1/session}: prompts and texts in, audio and events out, turn after turn, over one
 * WebSocket.
 */
final class SessionEndpoint {
  static final String PATH = "/v1/session";

  private static final String CONVERSATION = "conversation";

  private final Vertx vertx;
  private final HttpSettings settings;
  private final Clock clock;
  private final TurnSessions sessions;
  private final ConnectionWatch connections;

  SessionEndpoint(
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
    String conversation = conversation(request);
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
            vertx,
            settings,
            clock,
            sessions,
            connections,
            request.connection(),
            Caller.of(request),
            conversation);
    request.toWebSocket().onSuccess(response::begin).onFailure(context::fail);
  }

  /** A name that nobody can guess, where the client gives none. */
  private static String conversation(HttpServerRequest request) {
    String name = QueryParameter.of(request, CONVERSATION);
    for (Map.Entry<String, String> parameter : request.params(true)) {
      if (!parameter.getKey().equals(CONVERSATION)) {
        throw JsonFields.invalid(
            "there is no parameter "
                + JsonFields.show(parameter.getKey())
                + " here: there is conversation; the others go into the message session.update");
      }
    }
    return name == null || name.isEmpty()
        ? UUID.randomUUID().toString()
        : TurnJson.name(CONVERSATION, name);
  }
}
