package io.voicebus.tts.engine;

/** An utterance being spoken. */
@FunctionalInterface
public interface Speech {
  /**
   * Stops it and frees what it uses as soon as possible. Once this has returned the sink is called
   * no more. Idempotent; allowed from within the sink, and after the end.
   */
  void cancel();
}
