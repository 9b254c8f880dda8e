package io.voicebus.tts.engine;

/** An utterance that an engine is speaking. */
@FunctionalInterface
public interface Speech {
  /**
   * Stops the utterance and releases its resources as soon as possible. After this method has
   * returned the sink gets no calls. Idempotent; may be called from within the sink, and after the
   * end.
   */
  void cancel();
}
