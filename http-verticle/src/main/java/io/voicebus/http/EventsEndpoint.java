package io.voicebus.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import io.voicebus.bus.Clock;
import io.voicebus.contract.TurnId;
import io.voicebus.contract.TurnListen;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/turns/{id}/events}: what happens in a turn, as server-sent events. */
final class EventsEndpoint {
  private final Vertx vertx;
  private final HttpSettings settings;
  private final Clock clock;
  private final TurnDirectory turns;

  EventsEndpoint(Vertx vertx, HttpSettings settings, Clock clock, TurnDirectory turns) {
    this.vertx = vertx;
    this.settings = settings;
    this.clock = clock;
    this.turns = turns;
  }

  void get(RoutingContext context) {
    TurnId turn = TurnDirectory.id(context.pathParam("id"));
    HttpServerResponse response = context.response();
    if (context.request().method().equals(HttpMethod.HEAD)) {
      turns
          .state(turn)
          .onSuccess(known -> response.putHeader("Content-Type", "text/event-stream").end())
          .onFailure(context::fail);
      return;
    }
    long lastId = lastId(context.request().getHeader("Last-Event-ID"));
    EventStreamResponse stream = new EventStreamResponse(vertx, settings, clock, context.request());
    turns
        .connect(new TurnListen(turn, TurnListen.NEW, false, true, lastId), stream)
        .onSuccess(stream::begin)
        .onFailure(context::fail);
  }

  private static long lastId(@Nullable String header) {
    try {
      return header == null ? 0 : Math.max(0, Long.parseLong(header.trim()));
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
