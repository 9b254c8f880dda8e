package io.voicebus.tts.failover;

/**
 * How long the engine of an utterance has given no sound, over all tries. The time in which no
 * engine works on it does not count. NOT thread-safe; nanoseconds of one clock.
 */
final class SilentTime {
  private boolean running;
  private long since;
  private long before;

  /** Somebody is at it from now on, if nobody was. */
  void start(long now) {
    if (!running) {
      running = true;
      since = now;
    }
  }

  /** Nobody is at it. */
  void stop(long now) {
    before = nanos(now);
    running = false;
  }

  /** It sounds. */
  void sound(long now) {
    before = 0;
    since = now;
  }

  /** Whether somebody is at it. */
  boolean running() {
    return running;
  }

  /** How long it has been silent. */
  long nanos(long now) {
    return running ? before + now - since : before;
  }
}
