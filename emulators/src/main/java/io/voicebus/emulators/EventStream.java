package io.voicebus.emulators;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.atomic.AtomicLong;

/** Writes one answer to a socket, at its pace, never faster than it is taken. */
final class EventStream {
  /**
   * So many events go out in one go when there is no pace; other streams get their turn between.
   */
  private static final int BURST = 32;

  private static final long NO_TIMER = -1;

  /** Between two comments that keep a connection open. */
  static final int HEARTBEAT_MS = 50;

  private final Vertx vertx;
  private final HttpServerResponse response;
  private final TextPace pace;
  private final int cutBytes;
  private final EventSource events;
  private final AtomicLong sentBytes;
  private Future<Void> written = Future.succeededFuture();
  private long timer = NO_TIMER;
  private long ticks;
  private long sent;
  private boolean over;

  /**
   * One answer.
   *
   * @param cutBytes bytes of one piece; 0 for whole events
   * @param sentBytes counts what is written
   */
  EventStream(
      Vertx vertx,
      HttpServerResponse response,
      TextPace pace,
      int cutBytes,
      EventSource events,
      AtomicLong sentBytes) {
    this.vertx = vertx;
    this.response = response;
    this.pace = pace;
    this.cutBytes = cutBytes;
    this.events = events;
    this.sentBytes = sentBytes;
  }

  void begin() {
    if (pace.firstMs() == 0) {
      first();
    } else {
      timer = vertx.setTimer(pace.firstMs(), ignored -> first());
    }
  }

  /** The client has disconnected. */
  void gone() {
    over = true;
    vertx.cancelTimer(timer);
  }

  private void first() {
    response.setStatusCode(200).setChunked(true);
    response.putHeader("content-type", "text/event-stream");
    if (pace.tokensPerSecond() == 0) {
      run();
    } else {
      timer = vertx.setPeriodic(pace.tickMs(), ignored -> tick());
      due();
    }
  }

  private void tick() {
    ticks++;
    due();
  }

  private void due() {
    while (!over && sent < pace.dueAfter(ticks) && !response.writeQueueFull()) {
      next();
    }
  }

  private void run() {
    for (int n = 0; n < BURST && !over; n++) {
      if (response.writeQueueFull()) {
        response.drainHandler(ignored -> run());
        return;
      }
      next();
    }
    if (!over) {
      vertx.runOnContext(ignored -> run());
    }
  }

  private void next() {
    byte[] bytes = events.next();
    sent++;
    if (bytes.length > 0) {
      sentBytes.addAndGet(bytes.length);
      written = Pieces.write(response, bytes, cutBytes);
    }
    if (events.over()) {
      gone();
      end();
    }
  }

  private void end() {
    switch (events.end()) {
      case CLEAN -> response.end();
      case RESET -> written.onComplete(ignored -> response.reset());
      case NONE -> {}
      case HEARTBEATS ->
          timer = vertx.setPeriodic(HEARTBEAT_MS, ignored -> response.write(": keep-alive\n\n"));
    }
  }
}
