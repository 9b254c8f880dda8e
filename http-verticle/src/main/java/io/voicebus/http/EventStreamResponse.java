package io.voicebus.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.voicebus.bus.Clock;

/**
 * Sends one turn's events as server-sent events. It reads from the turn's log at the client's
 * speed, and holds nothing but its place in it: a slow client may miss events, and is told how
 * many, but never holds up the turn.
 */
final class EventStreamResponse {
  /** What may wait in this process for the client to read. */
  static final int QUEUE_BYTES = 32 * 1024;

  private final Vertx vertx;
  private final HttpSettings settings;
  private final Clock clock;
  private final TurnSession session;
  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final Runnable reader = this::send;
  private long lastId;
  private long heartbeat = -1;
  private long movedAt;
  private boolean over;

  /**
   * Sends what comes after an event.
   *
   * @param lastId the last event that the client has, or 0
   */
  EventStreamResponse(
      Vertx vertx,
      HttpSettings settings,
      Clock clock,
      TurnSession session,
      HttpServerRequest request,
      long lastId) {
    this.vertx = vertx;
    this.settings = settings;
    this.clock = clock;
    this.session = session;
    this.request = request;
    this.response = request.response();
    this.lastId = lastId;
  }

  void begin() {
    if (!session.addReader(reader)) {
      throw new Problem(
              "rate-limited",
              "Too much at once",
              429,
              "a turn's events have at most " + TurnSession.MAX_READERS + " readers")
          .withHeader("Retry-After", ProblemMapping.RETRY_AFTER)
          .toException();
    }
    movedAt = clock.nanoTime();
    response.setWriteQueueMaxSize(QUEUE_BYTES);
    response.drainHandler(
        ignored -> {
          movedAt = clock.nanoTime();
          send();
        });
    response.closeHandler(ignored -> stop());
    response.exceptionHandler(ignored -> {});
    response.putHeader("X-Accel-Buffering", "no");
    StreamedBody.begin(response, "text/event-stream");
    heartbeat = vertx.setPeriodic(settings.heartbeat().toMillis(), ignored -> beat());
    send();
  }

  private void send() {
    EventLog log = session.log();
    EventLog.Entry next;
    while (!over && !response.writeQueueFull() && (next = log.after(lastId)) != null) {
      String dropped = dropped(next.id() - lastId - 1);
      lastId = next.id();
      EventJson event = EventJson.of(next.event());
      response.write(
          dropped
              + ("id: " + next.id() + "\nevent: " + event.name() + "\n")
              + ("data: " + event.data() + "\n\n"));
    }
    if (!over && session.ended() != null && lastId >= log.lastId()) {
      stop();
      response.end();
    }
  }

  private static String dropped(long events) {
    return events == 0
        ? ""
        : "event: dropped\ndata: " + JsonText.object().put("events", events) + "\n\n";
  }

  private void beat() {
    if (!response.writeQueueFull()) {
      movedAt = clock.nanoTime();
      response.write(":\n\n");
    } else if (clock.nanoTime() - movedAt > settings.limits().stalled().toNanos()) {
      stop();
      ConnectionWatch.abort(request.connection());
    }
  }

  private void stop() {
    if (!over) {
      over = true;
      session.removeReader(reader);
      vertx.cancelTimer(heartbeat);
    }
  }
}
