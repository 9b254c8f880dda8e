package io.voicebus.tts;

import io.vertx.core.Vertx;
import io.voicebus.bus.Clock;

/**
 * Timers by which somebody else is found to be silent. One that comes late says more about this
 * process than about the other: what has come meanwhile may wait to be read. Then it is waited once
 * more.
 */
final class LateTimers {
  /** So late it is this process that was kept from working. */
  private static final long LATE_NANOS = 200_000_000L;

  private LateTimers() {}

  /** Whether it is much later than a timer was due, by the clock of which that is a reading. */
  static boolean late(Clock clock, long due) {
    return clock.nanoTime() - due > LATE_NANOS;
  }

  static void after(Vertx vertx, Clock clock, long nanos, Runnable silent) {
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
