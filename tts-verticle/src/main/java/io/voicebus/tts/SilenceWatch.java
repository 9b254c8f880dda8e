package io.voicebus.tts;

import io.voicebus.bus.Bus;
import io.voicebus.bus.Inbox;
import io.voicebus.bus.LateTimers;
import io.voicebus.tts.time.SignOfLife;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Detects that an engine is silent while it works. A wait for room is no silence, and a timer that
 * fires late proves nothing. Bound to the inbox's context.
 */
final class SilenceWatch {
  private final Inbox inbox;
  private final long patienceNanos;
  private final Runnable onSilence;
  private final SignOfLife life = new SignOfLife();
  private boolean working;
  private boolean closed;

  /** When work began or the last sign of life came, in nanoseconds of the inbox's clock. */
  private long heardAt;

  private Bus.@Nullable Timer timer;

  /**
   * A watch over an engine that does not work yet.
   *
   * @param patienceNanos how long the engine may be silent, in nanoseconds
   * @param onSilence called when it was silent for so long
   */
  SilenceWatch(Inbox inbox, long patienceNanos, Runnable onSilence) {
    this.inbox = inbox;
    this.patienceNanos = patienceNanos;
    this.onSilence = onSilence;
    this.heardAt = inbox.now();
  }

  /** The engine works from now on. */
  void working() {
    working = true;
    heardAt = inbox.now();
    if (timer == null && !closed) {
      watch(patienceNanos);
    }
  }

  /** The engine waits for room. */
  void waits() {
    working = false;
    stop();
  }

  /** Sound has come, in bytes. */
  void heard(int bytes) {
    if (life.shownBy(bytes, Duration.ofNanos(patienceNanos))) {
      heardAt = inbox.now();
    }
  }

  /** The utterance is over: nothing is watched any more. */
  void close() {
    closed = true;
    stop();
  }

  private void watch(long nanos) {
    long due = inbox.now() + nanos;
    timer =
        inbox.after(
            nanos,
            () -> {
              timer = null;
              long silent = inbox.now() - heardAt;
              if (closed || !working) {
                return;
              }
              if (LateTimers.late(inbox::now, due)) {
                watch(patienceNanos);
              } else if (silent >= patienceNanos) {
                onSilence.run();
              } else {
                watch(patienceNanos - silent);
              }
            });
  }

  private void stop() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }
}
