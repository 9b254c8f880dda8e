package io.voicebus.gemini;

import io.voicebus.bus.Failure;
import io.voicebus.contract.AnswerReport;

/** Takes an answer. Either {@link #end} or {@link #fail} comes, once, last. */
public interface TextSink {
  /** Text as it was streamed; any length, empty is ignored. */
  void text(String text);

  /** What there is to say about the answer; before {@link #end} or {@link #fail}, if at all. */
  default void report(AnswerReport report) {}

  /**
   * All seems to have been said, so that what has come may be spoken as a whole; the report was
   * told, and the text ends here. {@link #end} or {@link #fail} still follows.
   */
  default void perhapsEnded() {}

  /** The answer is complete. */
  void end();

  /** The answer broke off. */
  void fail(Failure failure);
}
