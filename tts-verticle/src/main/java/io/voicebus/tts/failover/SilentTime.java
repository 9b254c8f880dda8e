package io.voicebus.tts.failover;

/**
 * For how long somebody who is at an utterance has given no sound, over all its tries: not counted
 * is the time in which nobody is at it. NOT thread-safe; nanoseconds of one clock.
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
