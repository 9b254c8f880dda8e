package io.voicebus.http;

import io.voicebus.bus.Bus;
import io.voicebus.bus.Inbox;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a listener may pause: a paused listener is exempt from all other time-outs, and would
 * otherwise hold the turn, its slot and what it waits for, for ever. NOT thread safe.
 */
final class PauseLimit {
  private final Inbox timers;
  private final Duration patience;
  private Bus.@Nullable Timer timer;
  private boolean paused;
  private long since;

  PauseLimit(Inbox timers, Duration patience) {
    this.timers = timers;
    this.patience = patience;
  }

  /**
   * The listener's own report; to pause again does not make it longer.
   *
   * @param exceeded called once the pause has lasted too long; null after the turn's end
   */
  void report(boolean nowPaused, @Nullable Runnable exceeded) {
    if (nowPaused && !paused) {
      since = timers.now();
      timer = exceeded == null ? null : timers.after(patience.toNanos(), exceeded);
    } else if (!nowPaused) {
      turnEnded();
    }
    paused = nowPaused;
  }

  /** Whether the listener has paused, and not for too long; also after the turn's end. */
  boolean lasts() {
    return paused && timers.now() - since < patience.toNanos();
  }

  /** Nothing is left to be called off; the timer would hold the turn's events. */
  void turnEnded() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }
}
