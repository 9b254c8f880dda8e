package io.voicebus.contract;

import io.voicebus.bus.Message;

/**
 * Head, owner to text source: answer this, once the link is confirmed. {@link TextDelta}s come
 * back, and before the end an {@link AnswerReport}.
 *
 * @param turn the turn
 * @param text the prompt, unchanged
 * @param said how the answer begins, which another instance has written already: the text goes on
 *     after it; mostly empty
 * @param background what the caller tells before it
 */
public record Prompt(TurnContext turn, String text, String said, Background background)
    implements Message {
  /** A prompt that nobody has begun to answer. */
  public Prompt(TurnContext turn, String text) {
    this(turn, text, "");
  }

  /** Without a background. */
  public Prompt(TurnContext turn, String text, String said) {
    this(turn, text, said, Background.NONE);
  }
}
