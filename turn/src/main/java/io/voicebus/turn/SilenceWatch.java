package io.voicebus.turn;

import io.voicebus.bus.Bus;
import io.voicebus.bus.Inbox;
import io.voicebus.bus.LateTimers;
import java.time.Duration;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Measures for how long nothing has moved in a turn, at regular intervals. NOT thread safe. */
final class SilenceWatch {
  private final Inbox inbox;
  private final long intervalNanos;
  private final LongConsumer check;
  private long movedAt;
  private boolean stopped;
  private Bus.@Nullable Timer timer;

  /**
   * A watch that has not started; what it measures begins now.
   *
   * @param check is given the silence so far, in nanoseconds, at each interval
   */
  SilenceWatch(Inbox inbox, Duration interval, LongConsumer check) {
    this.inbox = inbox;
    this.intervalNanos = interval.toNanos();
    this.check = check;
    this.movedAt = inbox.now();
  }

  /** Something moved. */
  void moved() {
    movedAt = inbox.now();
  }

  /** For how long nothing has moved, in nanoseconds. */
  long silence() {
    return inbox.now() - movedAt;
  }

  void start() {
    if (!stopped) {
      timer = LateTimers.after(inbox, intervalNanos, this::look);
    }
  }

  private void look() {
    timer = null;
    check.accept(inbox.now() - movedAt);
    start();
  }

  /** Stops for good. */
  void stop() {
    stopped = true;
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }
}
