package io.voicebus.bus;

/**
 * Monotonic time of one node. Only differences of readings of the same node mean anything: readings
 * of two nodes are never subtracted.
 */
@FunctionalInterface
public interface Clock {
  /** Nanoseconds since an arbitrary origin; never goes back. */
  long nanoTime();

  /** The clock of this JVM. */
  static Clock system() {
    return System::nanoTime;
  }
}
