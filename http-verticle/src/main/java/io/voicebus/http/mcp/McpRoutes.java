package io.voicebus.http.mcp;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import io.voicebus.bus.FailureKind;
import io.voicebus.http.api.ApiSessions;
import io.voicebus.http.api.Ignored;
import io.voicebus.http.door.Caller;
import io.voicebus.http.wire.Body;
import io.voicebus.http.wire.MediaType;
import io.voicebus.http.wire.ProblemException;
import io.voicebus.http.wire.ProblemMapping;
import io.voicebus.mcp.McpServer;
import io.voicebus.mcp.McpSession;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;

/**
 * {@code /mcp}: the Model Context Protocol's streamable HTTP, as a server that keeps no sessions:
 * each message comes with a request of its own, whose answer is JSON. The server sends nothing by
 * itself, so {@code GET} has no stream. The session id that a client gets only identifies it, so
 * that it can cancel its own requests.
 */
public final class McpRoutes {
  private static final String REVISION = "MCP-Protocol-Version";
  private static final String SESSION = "Mcp-Session-Id";

  private final ApiSessions sessions;
  private final McpServer server;
  private final BiConsumer<String, String> elsewhere;

  /**
   * Creates the endpoints of one instance of the HTTP server; all instances share the MCP server.
   *
   * @param elsewhere tells servers of other processes that a client cancels a request: what the
   *     client is known by, and the request
   */
  public McpRoutes(ApiSessions sessions, McpServer server, BiConsumer<String, String> elsewhere) {
    this.sessions = sessions;
    this.server = server;
    this.elsewhere = elsewhere;
  }

  /** Registers each path with its methods. */
  public void each(BiConsumer<String, Map<HttpMethod, Handler<RoutingContext>>> serve) {
    serve.accept("/mcp", Map.of(HttpMethod.POST, this::post));
  }

  private void post(RoutingContext context) {
    HttpServerRequest request = context.request();
    Ignored.key(request);
    ProblemException notJson = MediaType.of(request).notJson();
    if (notJson != null) {
      throw notJson;
    }
    String revision = request.getHeader(REVISION);
    if (revision != null && !McpServer.revisions().contains(revision)) {
      throw ProblemMapping.of(
              FailureKind.INVALID_REQUEST,
              REVISION + " must be one of " + String.join(", ", McpServer.revisions()))
          .toException();
    }
    Context loop = sessions.vertx().getOrCreateContext();
    McpSession session =
        new McpSession(
            server, new McpSessions(sessions, request, loop, elsewhere), client(request));
    HttpServerResponse response = context.response();
    response.closeHandler(gone -> session.close());
    sessions
        .message(request)
        .compose(session::handle)
        .onSuccess(
            answer -> {
              if (!response.closed()) {
                if (answer.first()) {
                  response.putHeader(SESSION, UUID.randomUUID().toString());
                }
                answer(response, answer);
              }
            })
        .onFailure(context::fail);
  }

  /** The id of its session is a client's own; another client's token does not make it one's own. */
  private static String client(HttpServerRequest request) {
    String session = request.getHeader(SESSION);
    return session == null || session.isBlank() ? "" : Caller.of(request).name() + ' ' + session;
  }

  private static void answer(HttpServerResponse response, McpSession.Answer answer) {
    if (answer.json().isEmpty()) {
      Body.end(response.setStatusCode(202), "");
    } else {
      Body.json(response.setStatusCode(answer.understood() ? 200 : 400), answer.json());
    }
  }
}
