package io.voicebus.gemini;

import io.voicebus.bus.Failure;
import io.voicebus.contract.AnswerReport;

/** Takes an answer. Either {@link #end} or {@link #fail} comes, once, last. */
public interface TextSink {
  /** Text as it was streamed; any length, empty is ignored. */
  void text(String text);

  /** What there is to say about the answer; before {@link #end} or {@link #fail}, if at all. */
  default void report(AnswerReport report) {}

  /** The answer is complete. */
  void end();

  /** The answer broke off. */
  void fail(Failure failure);
}
