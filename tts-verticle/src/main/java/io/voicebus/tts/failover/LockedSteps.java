package io.voicebus.tts.failover;

import java.util.ArrayDeque;

/**
 * Steps of a state that has one lock, and the calls that they make after releasing it, in order: to
 * objects that may call back at the same time. Thread-safe.
 */
final class LockedSteps {
  private final Object lock = new Object();
  private final ArrayDeque<Runnable> outside = new ArrayDeque<>();

  /** Runs a step under the lock, and then the tasks that must run without it. */
  void run(Runnable step) {
    synchronized (lock) {
      step.run();
    }
    while (!Thread.holdsLock(lock)) {
      Runnable next;
      synchronized (lock) {
        next = outside.poll();
      }
      if (next == null) {
        return;
      }
      next.run();
    }
  }

  /** To be done outside of the lock. Within a step. */
  void later(Runnable call) {
    outside.add(call);
  }
}
