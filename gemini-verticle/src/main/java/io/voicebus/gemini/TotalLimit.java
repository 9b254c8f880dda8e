package io.voicebus.gemini;

import io.voicebus.bus.Bus;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The longest time that an answer may take; pauses of its listener do not count. NOT thread safe.
 */
final class TotalLimit {
  private final Bus bus;
  private final Runnable reached;
  private long leftNanos;
  private long runningSince;
  private Bus.@Nullable Timer timer;

  /**
   * A limit whose time does not run yet.
   *
   * @param reached called once, on the bus' context, when the time is used up
   */
  TotalLimit(Bus bus, Duration limit, Runnable reached) {
    this.bus = bus;
    this.leftNanos = limit.toNanos();
    this.reached = reached;
  }

  /** The time runs from here on. */
  void start() {
    if (timer == null) {
      runningSince = bus.nanoTime();
      timer = bus.after(Math.max(1, leftNanos), reached);
    }
  }

  /** The time stands still until {@link #start}. */
  void stop() {
    if (timer != null) {
      timer.cancel();
      timer = null;
      leftNanos -= bus.nanoTime() - runningSince;
    }
  }
}
