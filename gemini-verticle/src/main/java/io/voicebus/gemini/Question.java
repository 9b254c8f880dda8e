package io.voicebus.gemini;

import io.voicebus.contract.AnswerLimits;
import io.voicebus.contract.Exchange;
import io.voicebus.contract.TurnContext;
import java.util.List;

/**
 * A prompt with its context, as a {@link TextSource} gets it.
 *
 * @param turn the turn that the answer belongs to
 * @param history earlier turns of the conversation, oldest first; empty outside of a conversation
 * @param prompt the prompt as its caller wrote it
 * @param said the beginning of the answer, which another source has written already; usually empty
 * @param system the caller's instruction, in addition to that of the settings; empty for none
 * @param limits where the caller wants the answer to end at the latest
 */
public record Question(
    TurnContext turn,
    List<Exchange> history,
    String prompt,
    String said,
    String system,
    AnswerLimits limits) {
  public Question {
    history = List.copyOf(history);
  }

  /** A question whose answer has not begun. */
  public Question(TurnContext turn, List<Exchange> history, String prompt) {
    this(turn, history, prompt, "");
  }

  /** A question without an instruction of its caller. */
  public Question(TurnContext turn, List<Exchange> history, String prompt, String said) {
    this(turn, history, prompt, said, "", AnswerLimits.NONE);
  }

  /** The instruction for the model: that of the settings, then the caller's. */
  String instruction(String ofSettings) {
    return ofSettings.isEmpty() || system.isEmpty()
        ? ofSettings + system
        : ofSettings + "\n\n" + system;
  }

  /** A question outside of a conversation. */
  public static Question of(TurnContext turn, String prompt) {
    return new Question(turn, List.of(), prompt);
  }
}
