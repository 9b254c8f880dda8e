package io.voicebus.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import io.voicebus.contract.Pace;
import io.voicebus.contract.TurnAsk;
import io.voicebus.contract.TurnId;
import io.voicebus.http.api.IdempotencyKey;
import io.voicebus.http.door.BasePath;
import io.voicebus.http.door.Caller;
import io.voicebus.http.door.RequestBodies;
import io.voicebus.http.wire.Body;
import io.voicebus.http.wire.JsonFields;
import io.voicebus.http.wire.JsonText;
import io.voicebus.http.wire.MediaType;
import io.voicebus.http.wire.ProblemException;
import io.voicebus.http.wire.ProblemMapping;
import io.voicebus.http.wire.QueryParameter;
import io.voicebus.turn.TurnEvent;
import io.voicebus.turn.TurnRequest;
import io.voicebus.turn.TurnWait;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /v1/turns}: starts turns, tells of them, steers and cancels them. */
final class TurnsEndpoint {
  static final String PATH = "/v1/turns";

  private final RequestBodies bodies;
  private final TurnSessions sessions;
  private final TurnDirectory turns;
  private final TurnJson json;
  private final BasePath base;

  TurnsEndpoint(
      RequestBodies bodies, HttpSettings settings, TurnSessions sessions, TurnDirectory turns) {
    this.bodies = bodies;
    this.base = settings.door().base();
    this.turns = turns;
    this.sessions = sessions;
    this.json = new TurnJson(settings.maxPromptBytes());
  }

  /** {@code POST /v1/turns}. */
  void post(RoutingContext context) {
    ProblemException notJson = MediaType.of(context.request()).notJson();
    bodies
        .read(
            context.request(),
            json.maxBodyBytes(),
            json.tooLarge("more than " + json.maxBodyBytes() + " bytes of JSON"),
            notJson == null ? sessions.refusal(Caller.of(context.request())) : notJson)
        .compose(
            body -> {
              TurnRequest turn = json.parse(body, Pace.REALTIME);
              return context.response().closed()
                  ? Future.succeededFuture()
                  : started(context, turn, IdempotencyKey.of(context.request(), body));
            })
        .onFailure(context::fail);
  }

  private Future<Void> started(
      RoutingContext context, TurnRequest request, @Nullable IdempotencyKey key) {
    HttpServerResponse response = context.response();
    TurnId turn =
        sessions.oneByOne(
            key,
            () -> {
              Optional<TurnId> started = sessions.startedWith(key);
              started.ifPresent(again -> response.putHeader(IdempotencyKey.REPLAYED, "true"));
              return started.orElseGet(
                  () -> sessions.start(request, Caller.of(context.request()), key).id());
            });
    String path = path(turn, base);
    return Body.json(response.setStatusCode(201).putHeader("Location", path), links(turn, path));
  }

  private static String path(TurnId turn, BasePath base) {
    return base.below(PATH + "/" + turn);
  }

  private static JsonText links(TurnId turn, String path) {
    return JsonText.object()
        .put("id", turn.value())
        .put("audio", path + "/audio")
        .put("events", path + "/events")
        .put("ws", path + "/ws");
  }

  /** {@code GET /v1/turns/{id}}. */
  void get(RoutingContext context) {
    turns
        .state(TurnDirectory.id(context.pathParam("id")))
        .compose(state -> Body.json(context.response(), state))
        .onFailure(context::fail);
  }

  /**
   * How a turn of this instance stands.
   *
   * @param base of its links
   */
  static JsonText state(TurnSession session, BasePath base) {
    TurnEvent.Ended end = session.ended();
    JsonText body =
        links(session.id(), path(session.id(), base))
            .put("state", end == null ? "running" : ProblemMapping.dashed(end.outcome()))
            .put("attached", session.attached());
    TurnWait wait = session.waitsFor();
    if (wait != null) {
      body.put(
          "waits_for",
          JsonText.object()
              .put("stage", ProblemMapping.dashed(wait.stage()))
              .put("what", wait.what())
              .put("ms", wait.nanos() / 1_000_000));
    }
    if (end != null && end.failure() != null) {
      body.put("failure", EventJson.failure(end.failure()));
    }
    if (end != null) {
      body.put("timings", EventJson.timings(end.timings()));
      body.put("characters", EventJson.characters(end.characters()));
      body.put("underruns", EventJson.underruns(end.underruns()));
    }
    return body;
  }

  /**
   * How a turn stands whose owner is lost, until its listener comes back.
   *
   * @param base of its links
   */
  static JsonText waiting(TurnId turn, BasePath base) {
    return links(turn, path(turn, base))
        .put("state", "running")
        .put("attached", false)
        .put(
            "waits_for",
            JsonText.object()
                .put("stage", "owner")
                .put("what", "its listener: the node that had the turn is lost"));
  }

  /** {@code GET /v1/turns/{id}/captions.vtt}: what was spoken, as WebVTT. */
  void vtt(RoutingContext context) {
    captions(context, TurnAsk.Command.CAPTIONS_VTT, CaptionText.VTT_TYPE);
  }

  /** {@code GET /v1/turns/{id}/captions.srt}: the same, as SubRip. */
  void srt(RoutingContext context) {
    captions(context, TurnAsk.Command.CAPTIONS_SRT, CaptionText.SRT_TYPE);
  }

  private void captions(RoutingContext context, TurnAsk.Command format, String type) {
    turns
        .captions(TurnDirectory.id(context.pathParam("id")), format)
        .compose(text -> context.response().putHeader("Content-Type", type).end(text))
        .onFailure(context::fail);
  }

  /** {@code DELETE /v1/turns/{id}}: also for a turn that has ended, and is still heard. */
  void delete(RoutingContext context) {
    done(context, turns.delete(TurnDirectory.id(context.pathParam("id"))));
  }

  /** {@code POST /v1/turns/{id}/hold}. */
  void hold(RoutingContext context) {
    TurnId turn = TurnDirectory.id(context.pathParam("id"));
    done(context, turns.hold(turn, playedMs(context)));
  }

  /** {@code POST /v1/turns/{id}/resume}. */
  void resume(RoutingContext context) {
    TurnId turn = TurnDirectory.id(context.pathParam("id"));
    done(context, turns.resume(turn, playedMs(context)));
  }

  /** Below 0 for one that does not say. */
  private static long playedMs(RoutingContext context) {
    return AudioRange.count("played_ms", QueryParameter.of(context.request(), "played_ms"));
  }

  private static void done(RoutingContext context, Future<?> done) {
    done.onSuccess(ignored -> context.response().setStatusCode(204).end()).onFailure(context::fail);
  }

  /** {@code POST /v1/turns/{id}/position}: also for a turn that has ended, and is still heard. */
  void position(RoutingContext context) {
    done(
        context,
        bodies
            .read(
                context.request(),
                PositionJson.MAX_BODY_BYTES,
                JsonFields.invalid("send {\"played_ms\": 1200, \"paused\": false}"),
                MediaType.of(context.request()).notJson())
            .compose(
                body -> {
                  PositionJson position = PositionJson.parse(body);
                  return turns.position(TurnDirectory.id(context.pathParam("id")), position);
                }));
  }
}
