package io.voicebus.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.voicebus.bus.Clock;
import io.voicebus.bus.Failure;
import io.voicebus.http.door.ConnectionWatch;
import io.voicebus.http.wire.JsonText;
import io.voicebus.http.wire.StreamedBody;
import org.jspecify.annotations.Nullable;

/**
 * Sends one turn's events as server-sent events, at the client's speed: a slow client may miss
 * some, and is told how many, but never holds up the turn.
 */
final class EventStreamResponse implements TurnClient {
  /** What may wait in this process for the client to read. */
  static final int QUEUE_BYTES = 32 * 1024;

  private final Vertx vertx;
  private final HttpSettings settings;
  private final Clock clock;
  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private @Nullable TurnConnection connection;
  private long heartbeat = -1;
  private long movedAt;
  private boolean over;

  EventStreamResponse(Vertx vertx, HttpSettings settings, Clock clock, HttpServerRequest request) {
    this.vertx = vertx;
    this.settings = settings;
    this.clock = clock;
    this.request = request;
    this.response = request.response();
  }

  /** The client is served; it may have gone meanwhile. */
  void begin(TurnConnection served) {
    connection = served;
    if (response.closed()) {
      stop();
      return;
    }
    if (served.accepted().complete()) {
      stop();
      // Tells an EventSource that it need not come again.
      response.setStatusCode(204).end();
      return;
    }
    movedAt = clock.nanoTime();
    response.setWriteQueueMaxSize(QUEUE_BYTES);
    response.drainHandler(
        ignored -> {
          movedAt = clock.nanoTime();
          served.drained();
        });
    response.closeHandler(ignored -> stop());
    response.exceptionHandler(ignored -> {});
    StreamedBody.begin(response, "text/event-stream");
    heartbeat = vertx.setPeriodic(settings.heartbeat().toMillis(), ignored -> beat());
    served.start();
  }

  @Override
  public boolean full() {
    return response.writeQueueFull();
  }

  @Override
  public void format(int sampleRateHz) {}

  @Override
  public void audio(int chunk, byte[] pcm) {}

  @Override
  public void event(long dropped, long id, EventJson event) {
    if (!over) {
      response.write(
          dropped(dropped)
              + ("id: " + id + "\nevent: " + event.name() + "\n")
              + ("data: " + event.data() + "\n\n"));
    }
  }

  private static String dropped(long events) {
    return events == 0
        ? ""
        : "event: dropped\ndata: " + JsonText.object().put("events", events) + "\n\n";
  }

  @Override
  public void ended(@Nullable Failure why) {
    if (!over) {
      stop();
      response.end();
    }
  }

  @Override
  public void dismissed() {
    lost();
  }

  /** What is cut off must not look complete: the client comes back with the last id. */
  @Override
  public void lost() {
    if (!over) {
      stop();
      ConnectionWatch.abort(request.connection());
    }
  }

  private void beat() {
    if (!response.writeQueueFull()) {
      movedAt = clock.nanoTime();
      response.write(":\n\n");
    } else if (clock.nanoTime() - movedAt > settings.limits().stalled().toNanos()) {
      lost();
    }
  }

  private void stop() {
    if (!over) {
      over = true;
      vertx.cancelTimer(heartbeat);
      if (connection != null) {
        connection.gone();
      }
    }
  }
}
