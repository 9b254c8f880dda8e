package io.voicebus.gemini;

import io.voicebus.contract.AnswerLimits;
import io.voicebus.contract.Exchange;
import io.voicebus.contract.TurnContext;
import java.util.List;

/**
 * What a source is asked.
 *
 * @param turn whose answer it will be
 * @param history what was said before, oldest first; empty outside of a conversation
 * @param prompt unchanged
 * @param said how the answer begins, which another source has said already; mostly empty
 * @param system how the caller wants it answered, besides what the settings say; empty for nothing
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

  /** A question that nobody has begun to answer. */
  public Question(TurnContext turn, List<Exchange> history, String prompt) {
    this(turn, history, prompt, "");
  }

  /** One whose caller says nothing of how it is to be answered. */
  public Question(TurnContext turn, List<Exchange> history, String prompt, String said) {
    this(turn, history, prompt, said, "", AnswerLimits.NONE);
  }

  /** How it is to be answered: what the settings say, and then what the caller says. */
  String instruction(String ofSettings) {
    return ofSettings.isEmpty() || system.isEmpty()
        ? ofSettings + system
        : ofSettings + "\n\n" + system;
  }

  /** A question without a past. */
  public static Question of(TurnContext turn, String prompt) {
    return new Question(turn, List.of(), prompt);
  }
}
