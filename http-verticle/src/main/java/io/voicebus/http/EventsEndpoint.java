package io.voicebus.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import io.voicebus.bus.Clock;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/turns/{id}/events}: what happens in a turn, as server-sent events. */
final class EventsEndpoint {
  private final Vertx vertx;
  private final HttpSettings settings;
  private final Clock clock;
  private final TurnSessions sessions;

  EventsEndpoint(Vertx vertx, HttpSettings settings, Clock clock, TurnSessions sessions) {
    this.vertx = vertx;
    this.settings = settings;
    this.clock = clock;
    this.sessions = sessions;
  }

  void get(RoutingContext context) {
    TurnSession session = sessions.find(context.pathParam("id"));
    if (context.request().method().equals(HttpMethod.HEAD)) {
      context.response().putHeader("Content-Type", "text/event-stream").end();
      return;
    }
    long lastId = lastId(context.request().getHeader("Last-Event-ID"));
    if (session.ended() != null && lastId >= session.log().lastId()) {
      // Tells an EventSource that it need not come again.
      context.response().setStatusCode(204).end();
      return;
    }
    new EventStreamResponse(
            vertx,
            settings,
            clock,
            session,
            context.request(),
            Math.min(lastId, session.log().lastId()))
        .begin();
  }

  private static long lastId(@Nullable String header) {
    try {
      return header == null ? 0 : Math.max(0, Long.parseLong(header.trim()));
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
