package io.voicebus.tts.failover;

/**
 * How long the engine of an utterance has given no sound, over all tries. The time in which no
 * engine works on it does not count. NOT thread-safe; nanoseconds of one clock.
 */
final class SilentTime {
  private boolean running;
  private long since;
  private long before;

  /** The engine works from now on, if it did not. */
  void start(long now) {
    if (!running) {
      running = true;
      since = now;
    }
  }

  /** The engine does not work. */
  void stop(long now) {
    before = nanos(now);
    running = false;
  }

  /** A sound has come. */
  void sound(long now) {
    before = 0;
    since = now;
  }

  /** Whether the engine works. */
  boolean running() {
    return running;
  }

  /** How long it has been silent. */
  long nanos(long now) {
    return running ? before + now - since : before;
  }
}
