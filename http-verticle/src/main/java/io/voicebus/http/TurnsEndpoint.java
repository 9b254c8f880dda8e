package io.voicebus.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.voicebus.contract.Pace;
import io.voicebus.turn.TurnEvent;
import io.voicebus.turn.TurnRequest;
import java.util.Locale;

/** {@code /v1/turns}: starts turns, tells of them, steers and cancels them. */
final class TurnsEndpoint {
  static final String PATH = "/v1/turns";

  private final Vertx vertx;
  private final HttpSettings settings;
  private final TurnSessions sessions;
  private final TurnJson json;

  TurnsEndpoint(Vertx vertx, HttpSettings settings, TurnSessions sessions) {
    this.vertx = vertx;
    this.settings = settings;
    this.sessions = sessions;
    this.json = new TurnJson(settings.maxPromptBytes());
  }

  /** {@code POST /v1/turns}. */
  void post(RoutingContext context) {
    requireJson(context.request());
    RequestBody.read(
            vertx,
            context.request(),
            json.maxBodyBytes(),
            settings.request(),
            json.tooLarge("more than " + json.maxBodyBytes() + " bytes of JSON"))
        .compose(
            body -> {
              TurnRequest turn = json.parse(body, Pace.REALTIME);
              return context.response().closed()
                  ? Future.succeededFuture()
                  : started(context, sessions.start(turn));
            })
        .onFailure(context::fail);
  }

  private static Future<Void> started(RoutingContext context, TurnSession session) {
    String path = PATH + "/" + session.id();
    return context
        .response()
        .setStatusCode(201)
        .putHeader("Location", path)
        .putHeader("Content-Type", "application/json")
        .end(links(session, path).toString());
  }

  private static JsonText links(TurnSession session, String path) {
    return JsonText.object()
        .put("id", session.id().value())
        .put("audio", path + "/audio")
        .put("events", path + "/events")
        .put("ws", path + "/ws");
  }

  /** {@code GET /v1/turns/{id}}. */
  void get(RoutingContext context) {
    TurnSession session = sessions.find(context.pathParam("id"));
    TurnEvent.Ended end = session.ended();
    JsonText body =
        links(session, PATH + "/" + session.id())
            .put("state", end == null ? "running" : ProblemMapping.dashed(end.outcome()))
            .put("attached", session.attached());
    if (end != null && end.failure() != null) {
      body.put("failure", EventJson.failure(end.failure()));
    }
    if (end != null) {
      body.put("timings", EventJson.timings(end.timings()));
      body.put("characters", EventJson.characters(end.characters()));
    }
    context.response().putHeader("Content-Type", "application/json").end(body.toString());
  }

  /** {@code DELETE /v1/turns/{id}}: also for a turn that has ended, and is still heard. */
  void delete(RoutingContext context) {
    sessions.find(context.pathParam("id")).delete("the turn was deleted");
    context.response().setStatusCode(204).end();
  }

  /** {@code POST /v1/turns/{id}/position}: also for a turn that has ended, and is still heard. */
  void position(RoutingContext context) {
    requireJson(context.request());
    RequestBody.read(
            vertx,
            context.request(),
            PositionJson.MAX_BODY_BYTES,
            settings.request(),
            JsonFields.invalid("send {\"played_ms\": 1200, \"paused\": false}"))
        .compose(
            body -> {
              PositionJson position = PositionJson.parse(body);
              sessions.find(context.pathParam("id")).position(position);
              return context.response().setStatusCode(204).end();
            })
        .onFailure(context::fail);
  }

  /** Whether the body is said to be JSON. */
  static boolean isJson(HttpServerRequest request) {
    String type = request.getHeader("Content-Type");
    return type != null
        && type.split(";", 2)[0].trim().toLowerCase(Locale.ROOT).equals("application/json");
  }

  private static void requireJson(HttpServerRequest request) {
    if (!isJson(request)) {
      throw new Problem(
              "unsupported-media-type",
              "The body is not said to be JSON",
              415,
              "send Content-Type: application/json; plain text goes to /v1/speak")
          .toException();
    }
  }
}
