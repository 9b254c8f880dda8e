package io.voicebus.tts.time;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Delays in real time, on one daemon thread for all who wait in this process. */
final class RealDelays implements Delays {
  private static final Logger LOG = LoggerFactory.getLogger(RealDelays.class);

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

  /** An exception would be kept for a result that nobody asks for. */
  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.error("a delayed task failed", e);
    }
  }

  @Override
  public void after(Duration delay, Runnable task) {
    executor.schedule(() -> run(task), Math.max(0, delay.toNanos()), TimeUnit.NANOSECONDS);
  }
}
