package io.voicebus.tts.time;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Delays in real time, on one daemon thread for all who wait in this process. */
final class RealDelays implements Delays {
  static final RealDelays SHARED = new RealDelays();

  private final ScheduledThreadPoolExecutor executor =
      new ScheduledThreadPoolExecutor(
          1,
          task -> {
            Thread thread = new Thread(task, "voice-delays");
            thread.setDaemon(true);
            return thread;
          });

  private RealDelays() {}

  @Override
  public void after(Duration delay, Runnable task) {
    executor.schedule(task, Math.max(0, delay.toNanos()), TimeUnit.NANOSECONDS);
  }
}
