package io.voicebus.tts.time;

import io.vertx.core.Vertx;
import io.voicebus.bus.Clock;

/**
 * Timers that find out whether a service is silent. One that comes late says more about this
 * process than about the other: what has come meanwhile may wait to be read. Then they wait once
 * more.
 */
public final class LateTimers {
  /** So late it is this process that was kept from working. */
  private static final long LATE_NANOS = 200_000_000L;

  private LateTimers() {}

  /** Whether it is much later than a timer was due, by the clock of which that is a reading. */
  public static boolean late(Clock clock, long due) {
    return clock.nanoTime() - due > LATE_NANOS;
  }

  /** Runs a task after so long, or, where this process was late itself, as long again. */
  public static void after(Vertx vertx, Clock clock, long nanos, Runnable silent) {
    long due = clock.nanoTime() + nanos;
    vertx.setTimer(
        Math.max(1, nanos / 1_000_000),
        id -> {
          if (late(clock, due)) {
            after(vertx, clock, nanos, silent);
          } else {
            silent.run();
          }
        });
  }
}
