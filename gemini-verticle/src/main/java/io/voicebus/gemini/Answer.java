package io.voicebus.gemini;

/** An answer under way. All methods are idempotent. */
public interface Answer {
  /** Produce no more for now; gap time-outs stop. */
  void pause();

  /** Go on. */
  void resume();

  /** Stop, and free whatever it holds at once; the sink is called no more. */
  void cancel();
}
