package io.voicebus.gemini;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.voicebus.bus.Bus;
import io.voicebus.bus.Clock;
import io.voicebus.bus.Packet;
import java.util.concurrent.TimeUnit;

/** Real time, but {@value #TIMES} times as fast; nothing is sent. */
final class FastTime implements Bus {
  static final int TIMES = 10;

  private final Vertx vertx;
  private final Context context;
  private final Clock clock = Clock.system();

  /** Timers that have neither run nor been cancelled; on the context only. */
  private int waiting;

  FastTime(Vertx vertx, Context context) {
    this.vertx = vertx;
    this.context = context;
  }

  @Override
  public long nanoTime() {
    return clock.nanoTime() * TIMES;
  }

  @Override
  public Timer after(long nanos, Runnable task) {
    long millis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos / TIMES) + 1);
    waiting++;
    long id =
        vertx.setTimer(
            millis,
            ignored -> {
              waiting--;
              task.run();
            });
    return () -> {
      if (vertx.cancelTimer(id)) {
        waiting--;
      }
    };
  }

  int waiting() {
    return waiting;
  }

  @Override
  public void execute(Runnable task) {
    context.runOnContext(ignored -> task.run());
  }

  @Override
  public void send(String inbox, Packet packet) {}

  @Override
  public void publish(String address, Packet packet) {}

  @Override
  public Future<Packet> ask(String address, Packet question, long timeoutNanos, boolean local) {
    return Future.failedFuture("nobody is here");
  }
}
