package io.voicebus.http.openai.realtime;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.voicebus.http.api.ApiSessions;
import io.voicebus.http.api.ApiSocket;
import io.voicebus.http.api.SocketSession;
import io.voicebus.http.api.VoiceDirectory;
import io.voicebus.http.wire.QueryParameter;
import io.voicebus.turn.HeardText;
import java.util.Map;

/** {@code GET /v1/realtime}: a WebSocket for clients of OpenAI's Realtime API. */
public final class RealtimeEndpoint {
  private final ApiSessions sessions;
  private final VoiceDirectory voices;

  /** Creates the endpoint of one instance of the server. */
  public RealtimeEndpoint(ApiSessions sessions, VoiceDirectory voices) {
    this.sessions = sessions;
    this.voices = voices;
  }

  /** Opens the WebSocket. */
  public void get(RoutingContext context) {
    HttpServerRequest request = context.request();
    RealtimeDialect dialect =
        RealtimeDialect.of(
            header(request, "OpenAI-Beta"), header(request, "Sec-WebSocket-Protocol"));
    // Once it is a WebSocket, a query that is not well-formed can no longer be refused.
    Map<String, String> query = QueryParameter.all(request);
    sessions
        .socket(request, socket -> session(request, dialect, query, socket))
        .onFailure(context::fail);
  }

  private static String header(HttpServerRequest request, String name) {
    return String.join(",", request.headers().getAll(name));
  }

  private SocketSession session(
      HttpServerRequest request,
      RealtimeDialect dialect,
      Map<String, String> query,
      ApiSocket socket) {
    RealtimeOutput out = new RealtimeOutput(socket, dialect);
    return new RealtimeSession(
        socket,
        out,
        voices,
        (order, voice, answer, onOver) -> {
          HeardText heard = answer.heard();
          return heard == null
              ? WrittenResponse.begin(sessions, request, out, order, answer, onOver)
              : SpokenResponse.begin(sessions, request, out, order, voice, answer, heard, onOver);
        },
        sessions.maxPromptBytes(),
        query.getOrDefault("model", ""),
        RealtimeSession.unserved(
            query.getOrDefault("intent", ""), query.getOrDefault("call_id", "")));
  }
}
