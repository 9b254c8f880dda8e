package io.voicebus.emulators;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.atomic.AtomicLong;

/** Writes one answer to a socket, at its pace, never faster than it is taken. */
final class GeminiStream {
  /**
   * So many events go out in one go when there is no pace; other streams get their turn between.
   */
  private static final int BURST = 32;

  private static final long NO_TIMER = -1;

  private final Vertx vertx;
  private final HttpServerResponse response;
  private final GeminiScript script;
  private final GeminiEvents events;
  private final AtomicLong sentBytes;
  private Future<Void> written = Future.succeededFuture();
  private long timer = NO_TIMER;
  private long ticks;
  private long sent;
  private boolean over;

  /**
   * One answer.
   *
   * @param sentBytes counts what is written
   */
  GeminiStream(
      Vertx vertx,
      HttpServerResponse response,
      GeminiScript script,
      GeminiEvents events,
      AtomicLong sentBytes) {
    this.vertx = vertx;
    this.response = response;
    this.script = script;
    this.events = events;
    this.sentBytes = sentBytes;
  }

  void begin() {
    if (script.pace().firstMs() == 0) {
      first();
    } else {
      timer = vertx.setTimer(script.pace().firstMs(), ignored -> first());
    }
  }

  /** Whoever asked has gone. */
  void gone() {
    over = true;
    vertx.cancelTimer(timer);
  }

  private void first() {
    response.setStatusCode(200).setChunked(true);
    response.putHeader("content-type", "text/event-stream");
    if (script.pace().tokensPerSecond() == 0) {
      run();
    } else {
      timer = vertx.setPeriodic(script.pace().tickMs(), ignored -> tick());
      due();
    }
  }

  private void tick() {
    ticks++;
    due();
  }

  private void due() {
    while (!over && sent < script.pace().dueAfter(ticks) && !response.writeQueueFull()) {
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
    JsonObject event = events.next();
    sent++;
    if (event != null) {
      String json = script.framing().manyLines() ? event.encodePrettily() : event.encode();
      write(script.framing().event(json, events.over()));
    }
    if (events.over()) {
      gone();
      end();
    }
  }

  private void end() {
    GeminiEnding ending = script.ending();
    switch (ending.kind()) {
      case SIGNED, INLINE, BARE, BLOCKED, ERROR_EVENT, TRUNCATED -> response.end();
      case JSON_TAIL -> {
        if (ending.error() != null) {
          write(script.framing().raw(ending.error().json().encodePrettily() + "\n"));
        }
        response.end();
      }
      case RESET -> written.onComplete(ignored -> response.reset());
      case SILENCE -> {}
    }
  }

  private void write(byte[] bytes) {
    sentBytes.addAndGet(bytes.length);
    int step = script.framing().cutBytes() == 0 ? bytes.length : script.framing().cutBytes();
    for (int at = 0; at < bytes.length; at += step) {
      int length = Math.min(step, bytes.length - at);
      written = response.write(Buffer.buffer(length).appendBytes(bytes, at, length));
    }
  }
}
