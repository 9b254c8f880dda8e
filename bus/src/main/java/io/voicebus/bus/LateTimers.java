package io.voicebus.bus;

import io.vertx.core.Vertx;

/**
 * Timers that detect silence: of a service, or of a client. A timer that fires late shows that this
 * process was overloaded or stood still: what the other side has sent may wait to be read. Then it
 * waits once more.
 */
public final class LateTimers {
  private LateTimers() {}

  /**
   * Whether a timer fires much later than it was due.
   *
   * @param due in nanoseconds of the clock
   */
  public static boolean late(Clock clock, long due) {
    return late(clock.nanoTime(), due);
  }

  /**
   * Whether a timer fires much later than it was due.
   *
   * @param now when it fires; both in nanoseconds of one clock
   */
  public static boolean late(long now, long due) {
    return now - due > Limits.LATE.toNanos();
  }

  /**
   * Runs a task after a delay; a timer that fires late is replaced by another one of the same
   * length.
   *
   * @param nanos the delay in nanoseconds
   */
  public static Bus.Timer after(Vertx vertx, Clock clock, long nanos, Runnable silent) {
    return new Waiting(
        clock,
        nanos,
        silent,
        task -> {
          long id = vertx.setTimer(Math.max(1, nanos / 1_000_000), ignored -> task.run());
          return () -> vertx.cancelTimer(id);
        });
  }

  /** The same, on a bus. */
  public static Bus.Timer after(Bus bus, long nanos, Runnable silent) {
    return new Waiting(bus, nanos, silent, task -> bus.after(nanos, task));
  }

  /** The same, on the context of an inbox. */
  public static Bus.Timer after(Inbox inbox, long nanos, Runnable silent) {
    return new Waiting(inbox::now, nanos, silent, task -> inbox.after(nanos, task));
  }

  private interface Begin {
    Bus.Timer timer(Runnable task);
  }

  private static final class Waiting implements Bus.Timer {
    private final Clock clock;
    private final long nanos;
    private final Runnable silent;
    private final Begin begin;
    private long due;
    private Bus.Timer timer;

    Waiting(Clock clock, long nanos, Runnable silent, Begin begin) {
      this.clock = clock;
      this.nanos = nanos;
      this.silent = silent;
      this.begin = begin;
      due = clock.nanoTime() + nanos;
      timer = begin.timer(this::over);
    }

    private void over() {
      if (late(clock, due)) {
        due = clock.nanoTime() + nanos;
        timer = begin.timer(this::over);
      } else {
        silent.run();
      }
    }

    @Override
    public void cancel() {
      timer.cancel();
    }
  }
}
