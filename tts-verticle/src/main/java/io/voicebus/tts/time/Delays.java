package io.voicebus.tts.time;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Runs tasks after a delay, one at a time; those with an equal delay run in their order. */
@FunctionalInterface
public interface Delays {
  void after(Duration delay, Runnable task);

  /** Delays in real time, on one daemon thread. */
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
