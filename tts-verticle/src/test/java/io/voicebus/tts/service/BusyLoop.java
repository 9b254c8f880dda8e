package io.voicebus.tts.service;

import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.voicebus.bus.Clock;
import java.util.concurrent.atomic.AtomicLong;

/** A Vert.x with one event loop, and a clock by which that is late as long as a test says. */
public final class BusyLoop implements Clock {
  private static final int TICK_MS = 5;
  private static final long JUMP_NANOS = 25_000_000;
  private static final int TICKS = 20;

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final AtomicLong ahead = new AtomicLong();
  private long ticker;

  public Vertx vertx() {
    return vertx;
  }

  @Override
  public long nanoTime() {
    return System.nanoTime() + ahead.get();
  }

  /** It is late from now on; returns when it has been for a while. */
  public void begin() {
    Promise<Void> late = Promise.promise();
    AtomicLong ticks = new AtomicLong();
    ticker =
        vertx.setPeriodic(
            TICK_MS,
            id -> {
              ahead.addAndGet(JUMP_NANOS);
              if (ticks.incrementAndGet() == TICKS) {
                late.complete();
              }
            });
    ServiceStage.await(late.future());
  }

  /** It is in time. */
  public void end() {
    vertx.cancelTimer(ticker);
  }
}
