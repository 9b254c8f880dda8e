package io.voicebus.launcher.replay;

import io.voicebus.bus.Bus;
import io.voicebus.bus.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** A clock that goes on to the next task as soon as there is nothing else to do. */
final class VirtualTime implements Clock {
  private final TreeMap<Long, Runnable> tasks = new TreeMap<>();
  private long now;

  @Override
  public long nanoTime() {
    return now;
  }

  Bus.Timer after(long nanos, Runnable task) {
    long at = now + nanos;
    while (tasks.putIfAbsent(at, task) != null) {
      at++;
    }
    long key = at;
    return () -> tasks.remove(key);
  }

  void after(Duration delay, Runnable task) {
    after(delay.toNanos(), task);
  }

  /** Until nothing is left to do. */
  void run() {
    run(Long.MAX_VALUE);
  }

  /** Until a moment. */
  void run(long until) {
    while (!tasks.isEmpty() && tasks.firstKey() <= until) {
      Map.Entry<Long, Runnable> next = tasks.pollFirstEntry();
      now = Math.max(now, next.getKey());
      next.getValue().run();
    }
    now = until == Long.MAX_VALUE ? now : Math.max(now, until);
  }

  /** In whole milliseconds. */
  long ms() {
    return now / 1_000_000;
  }
}
