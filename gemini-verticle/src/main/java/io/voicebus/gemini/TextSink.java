package io.voicebus.gemini;

import io.voicebus.bus.Failure;
import io.voicebus.contract.AnswerReport;

/** Receives one answer. The last call is exactly one {@link #end} or {@link #fail}. */
public interface TextSink {
  /** The next piece of the answer, of any length. An empty piece has no effect. */
  void text(String text);

  /** A report on the answer: at most one, before {@link #end} or {@link #fail}. */
  default void report(AnswerReport report) {}

  /**
   * The answer is probably complete: the text so far may be spoken as a whole, and no more text
   * comes. The report came before. {@link #end} or {@link #fail} follows.
   */
  default void perhapsEnded() {}

  /** The answer is complete. */
  void end();

  /** The answer broke off. */
  void fail(Failure failure);
}
