package io.voicebus.bus;

/** An interest in another inbox's life. */
public interface Tie {
  /** Not interested any more. Idempotent. */
  void release();
}
