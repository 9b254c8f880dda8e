package io.voicebus.tts.time;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Runs tasks later, one at a time, those of equal delay in the order they came. */
@FunctionalInterface
public interface Delays {
  void after(Duration delay, Runnable task);

  /** Real time, on one daemon thread. */
  static Delays real() {
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "voice-delays");
              thread.setDaemon(true);
              return thread;
            });
    return (delay, task) ->
        executor.schedule(task, Math.max(0, delay.toNanos()), TimeUnit.NANOSECONDS);
  }
}
