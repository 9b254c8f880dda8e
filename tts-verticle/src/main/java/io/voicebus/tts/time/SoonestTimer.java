package io.voicebus.tts.time;

import io.voicebus.bus.Clock;
import java.time.Duration;

/**
 * One timer for a task that several events want to run: it runs once, at the soonest of the times.
 * Bound to one context.
 */
public final class SoonestTimer {
  private final Delays loop;
  private final Clock clock;
  private final Runnable task;
  private boolean set;
  private long at;

  /**
   * A timer that is not set.
   *
   * @param loop timers of the context
   */
  public SoonestTimer(Delays loop, Clock clock, Runnable task) {
    this.loop = loop;
    this.clock = clock;
    this.task = task;
  }

  /** Runs the task in so many nanoseconds, unless it runs sooner. */
  public void in(long nanos) {
    long wanted = clock.nanoTime() + nanos;
    if (set && wanted - at >= 0) {
      return;
    }
    set = true;
    at = wanted;
    loop.after(Duration.ofNanos(nanos), () -> due(wanted));
  }

  /** Whether the task is to run. */
  public boolean isSet() {
    return set;
  }

  private void due(long wanted) {
    if (set && at == wanted) { // else a sooner time has replaced this one
      set = false;
      task.run();
    }
  }
}
