package io.voicebus.tts.time;

import io.voicebus.bus.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Delays that pass when a test says so, on the thread that says it. Thread-safe. */
public final class SteppedDelays implements Delays {
  private final PriorityQueue<Due> waiting =
      new PriorityQueue<>(Comparator.comparing(Due::at).thenComparing(Due::order));
  private Duration now = Duration.ZERO;
  private long count;

  private record Due(Duration at, long order, Runnable task) {}

  @Override
  public synchronized void after(Duration delay, Runnable task) {
    waiting.add(new Due(now.plus(delay), count++, task));
  }

  /** The time that has passed. */
  public Clock clock() {
    return () -> {
      synchronized (this) {
        return now.toNanos();
      }
    };
  }

  /** Lets time pass and runs what falls due on the way, also what that adds. */
  public synchronized void advance(Duration time) {
    Duration until = now.plus(time);
    for (Due next = waiting.peek();
        next != null && next.at().compareTo(until) <= 0;
        next = waiting.peek()) {
      waiting.remove();
      now = next.at();
      next.task().run();
    }
    now = until;
  }
}
