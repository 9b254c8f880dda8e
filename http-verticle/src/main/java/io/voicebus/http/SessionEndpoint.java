package io.voicebus.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.voicebus.http.door.Caller;
import io.voicebus.http.wire.JsonFields;
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

  private final HttpSettings settings;
  private final TurnSessions sessions;
  private final SocketSessions sockets;

  SessionEndpoint(HttpSettings settings, TurnSessions sessions, SocketSessions sockets) {
    this.settings = settings;
    this.sessions = sessions;
    this.sockets = sockets;
  }

  void get(RoutingContext context) {
    HttpServerRequest request = context.request();
    String conversation = conversation(request);
    Caller caller = Caller.of(request);
    sockets
        .open(request, socket -> new Session(sessions, settings, caller, conversation, socket))
        .onFailure(context::fail);
  }

  /** A name that nobody can guess, where the client gives none. */
  private static String conversation(HttpServerRequest request) {
    Map<String, String> parameters = QueryParameter.all(request);
    String name = parameters.get(CONVERSATION);
    for (String parameter : parameters.keySet()) {
      if (!parameter.equals(CONVERSATION)) {
        throw JsonFields.invalid(
            "there is no parameter "
                + JsonFields.show(parameter)
                + " here: there is conversation; the others go into the message session.update");
      }
    }
    return name == null || name.isEmpty()
        ? UUID.randomUUID().toString()
        : TurnJson.name(CONVERSATION, name);
  }
}
