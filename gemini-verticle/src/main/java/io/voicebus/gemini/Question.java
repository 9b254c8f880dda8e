package io.voicebus.gemini;

import io.voicebus.contract.TurnContext;
import java.util.List;

/**
 * What a source is asked.
 *
 * @param turn whose answer it will be
 * @param history what was said before, oldest first; empty outside of a conversation
 * @param prompt unchanged
 * @param said how the answer begins, which another source has said already; mostly empty
 */
public record Question(TurnContext turn, List<Exchange> history, String prompt, String said) {
  public Question {
    history = List.copyOf(history);
  }

  /** A question that nobody has begun to answer. */
  public Question(TurnContext turn, List<Exchange> history, String prompt) {
    this(turn, history, prompt, "");
  }

  /** A question without a past. */
  public static Question of(TurnContext turn, String prompt) {
    return new Question(turn, List.of(), prompt);
  }
}
