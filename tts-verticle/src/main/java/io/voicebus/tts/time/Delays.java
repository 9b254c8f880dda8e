package io.voicebus.tts.time;

import java.time.Duration;

/** Runs tasks after a delay, one at a time; those with an equal delay run in their order. */
@FunctionalInterface
public interface Delays {
  void after(Duration delay, Runnable task);

  /** Delays in real time, on one daemon thread; its tasks must not block. */
  static Delays real() {
    return RealDelays.SHARED;
  }
}
