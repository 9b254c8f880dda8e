package io.voicebus.bus;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Virtual time: tasks run when a test lets time pass, in the order of their times, then of their
 * scheduling. Nothing is concurrent.
 */
public final class ManualClock implements Clock {
  private static final class Task implements Bus.Timer {
    final long at;
    final long number;
    final Runnable task;
    boolean cancelled;

    Task(long at, long number, Runnable task) {
      this.at = at;
      this.number = number;
      this.task = task;
    }

    @Override
    public void cancel() {
      cancelled = true;
    }
  }

  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(
          Comparator.<Task>comparingLong(task -> task.at).thenComparingLong(task -> task.number));
  private long now;
  private long numbers;

  @Override
  public long nanoTime() {
    return now;
  }

  /** Runs the task after so many nanoseconds, unless cancelled before. */
  public Bus.Timer after(long nanos, Runnable task) {
    Task added = new Task(now + Math.max(0, nanos), numbers++, task);
    tasks.add(added);
    return added;
  }

  /** Runs all tasks that are due within this time, and is then this much later. */
  public void pass(Duration time) {
    long until = now + time.toNanos();
    for (Task next = next(); next != null && next.at <= until; next = next()) {
      run(next);
    }
    now = until;
  }

  /** Whether no task waits. */
  public boolean idle() {
    return next() == null;
  }

  private void run(Task task) {
    tasks.remove();
    now = task.at;
    task.task.run();
  }

  private @Nullable Task next() {
    while (true) {
      Task first = tasks.peek();
      if (first == null || !first.cancelled) {
        return first;
      }
      tasks.remove();
    }
  }
}
