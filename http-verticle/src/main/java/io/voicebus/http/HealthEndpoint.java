package io.voicebus.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import io.voicebus.contract.EngineVoices;
import io.voicebus.http.door.PublicUrl;
import io.voicebus.http.wire.Body;
import io.voicebus.http.wire.JsonText;
import io.voicebus.http.wire.Problem;
import io.voicebus.http.wire.ProblemResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** {@code /health/…}, {@code /v1/status} and {@code /}: what the server says of itself. */
final class HealthEndpoint {
  private static final String INDEX =
      """
      Voicebus: conversational AI, heard while it is being written.

        curl -sN %s/v1/speak%s -d 'Say something.' | aplay

      POST   /v1/speak                 a prompt as plain text, or JSON; answers with its audio
      GET    /v1/speak?text=...        the same, for an <audio>
      POST   /v1/turns                 {"prompt": "..."}; answers with links
      GET    /v1/turns/{id}            the state of a turn
      DELETE /v1/turns/{id}            cancels it
      GET    /v1/turns/{id}/audio      its audio (?format=mp3, opus, …), also after its end
      GET    /v1/turns/{id}/events     text, chunks and timings, as server-sent events
      GET    /v1/turns/{id}/ws         audio and events over a WebSocket
      POST   /v1/turns/{id}/position   {"played_ms": 1200, "paused": false}
      POST   /v1/turns/{id}/hold       silences it; /resume continues it
      GET    /v1/session               prompts and texts in, audio and events out, over a WebSocket
      GET    /v1/conversations/{id}    its remembered turns; DELETE forgets them
      POST   /v1/audio/speech          OpenAI's API, also /v1/chat/completions and /v1/realtime
      POST   /v1/text-to-speech/{voice}  ElevenLabs' API
      POST   /mcp                      tools for agents (Model Context Protocol)
      GET    /v1/voices                engines and voices that can be used, and why others cannot
      GET    /v1/source                where answers come from; reader: the prompt itself
      GET    /v1/status                how many turns, and characters so far
      GET    /v1/nodes                 the nodes, what they run and how busy they are
      GET    /metrics                  metrics, for Prometheus
      GET    /openapi.json             all of this as OpenAPI 3.1
      GET    /health                   each check; /health/live and /health/ready for probes
      """;

  private final HttpSettings settings;
  private final TurnSessions sessions;
  private final NodesEndpoint nodes;
  private final Supplier<Future<List<EngineVoices>>> voices;
  private final String authorization;

  /**
   * Answers from here.
   *
   * @param nodes knows which roles are lacking
   * @param voices what each engine offers; bounded in time
   */
  HealthEndpoint(
      HttpSettings settings,
      TurnSessions sessions,
      NodesEndpoint nodes,
      Supplier<Future<List<EngineVoices>>> voices) {
    this.voices = voices;
    this.settings = settings;
    this.sessions = sessions;
    this.nodes = nodes;
    this.authorization =
        settings.door().tokens() == null ? "" : " -H 'Authorization: Bearer TOKEN'";
  }

  void live(RoutingContext context) {
    json(context, JsonText.object().put("status", "up"));
  }

  void ready(RoutingContext context) {
    Future<List<String>> missing =
        sessions.draining()
            ? Future.succeededFuture(List.of("Voicebus is stopping"))
            : nodes.lacking();
    missing.onSuccess(all -> ready(context, all)).onFailure(context::fail);
  }

  private static void ready(RoutingContext context, List<String> missing) {
    if (missing.isEmpty()) {
      json(context, JsonText.object().put("status", "ready"));
    } else {
      ProblemResponse.send(
          context.request(),
          new Problem("not-ready", "Not ready", 503, String.join("; ", missing)));
    }
  }

  /** Each check, whether or not it passes. */
  void checks(RoutingContext context) {
    Future<SortedMap<String, String>> roles = nodes.roles();
    Future<HealthCheck> speech =
        voices.get().map(HealthCheck::ofSpeech).otherwise(HealthCheck::ofNoAnswer);
    Future.all(roles, speech)
        .compose(
            known -> {
              List<HealthCheck> checks = checks(roles.result(), speech.result());
              boolean ready = checks.stream().allMatch(HealthCheck::isPassed);
              context.response().setStatusCode(ready ? 200 : 503);
              return Body.json(context.response(), json(ready, checks));
            })
        .onFailure(context::fail);
  }

  private List<HealthCheck> checks(Map<String, String> roles, HealthCheck speech) {
    List<HealthCheck> checks = new ArrayList<>();
    checks.add(new HealthCheck("accepting", sessions.draining() ? "Voicebus is stopping" : ""));
    roles.forEach((role, why) -> checks.add(new HealthCheck("role-" + role, why)));
    checks.add(speech);
    return checks;
  }

  private JsonText json(boolean ready, List<HealthCheck> checks) {
    return JsonText.object()
        .put("status", ready ? "ready" : "not-ready")
        .put("turns", sessions.shared().slots.taken())
        .put("max_turns", settings.limits().maxTurns())
        .putJson(
            "checks",
            checks.stream()
                .map(check -> check.json().toString())
                .collect(Collectors.joining(",", "[", "]")));
  }

  void status(RoutingContext context) {
    json(
        context,
        JsonText.object()
            .put("turns", sessions.shared().slots.taken())
            .put("max_turns", settings.limits().maxTurns())
            .put("stopping", sessions.draining())
            .put("characters", EventJson.characters(sessions.shared().characters())));
  }

  void index(RoutingContext context) {
    HttpServerResponse response = context.response();
    response.putHeader("Content-Type", "text/plain; charset=utf-8");
    PublicUrl known = settings.door().publicUrl();
    String at =
        known == null
            ? context.request().scheme() + "://" + context.request().getHeader("Host")
            : known.origin() + known.base().path();
    Body.end(response, INDEX.formatted(at, authorization));
  }

  private static void json(RoutingContext context, JsonText body) {
    Body.json(context.response(), body);
  }
}
