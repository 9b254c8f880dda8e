package io.voicebus.tts.time;

import io.vertx.core.Vertx;
import io.voicebus.bus.Clock;

/**
 * Timers that detect silent services. A timer that fires late shows that this process is
 * overloaded: the service's bytes may wait to be read. Then it waits once more.
 */
public final class LateTimers {
  /** A timer that fires so late shows that this process was overloaded. */
  private static final long LATE_NANOS = 200_000_000L;

  private LateTimers() {}

  /**
   * Whether a timer fires much later than it was due.
   *
   * @param due in nanoseconds of the clock
   */
  public static boolean late(Clock clock, long due) {
    return clock.nanoTime() - due > LATE_NANOS;
  }

  /**
   * Runs a task after a delay; a timer that fires late is replaced by another one of the same
   * length.
   *
   * @param nanos the delay in nanoseconds
   */
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
