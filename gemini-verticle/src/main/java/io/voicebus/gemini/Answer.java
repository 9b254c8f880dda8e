package io.voicebus.gemini;

/** An answer that a {@link TextSource} is streaming. All methods are idempotent. */
public interface Answer {
  /** Pauses the stream. The time-out between two pieces does not run while it is paused. */
  void pause();

  /** Resumes the stream. */
  void resume();

  /** Cancels the answer and releases its resources at once. The sink gets no further calls. */
  void cancel();
}
