package io.voicebus.contract;

import io.voicebus.bus.Message;

/**
 * Head, text source to chunker: the deltas of this turn follow.
 *
 * @param turn the turn
 * @param prompt what the text answers, which hints at its language; cut at {@link
 *     #MAX_PROMPT_CHARS}; empty if there is none
 */
public record TextOpen(TurnContext turn, String prompt) implements Message {
  /** UTF-16 units of the prompt that are told: enough to know a language by. */
  public static final int MAX_PROMPT_CHARS = 400;

  public TextOpen {
    if (prompt.length() > MAX_PROMPT_CHARS) {
      boolean parts = Character.isHighSurrogate(prompt.charAt(MAX_PROMPT_CHARS - 1));
      prompt = prompt.substring(0, MAX_PROMPT_CHARS - (parts ? 1 : 0));
    }
  }

  /** A text of which nobody tells what it answers. */
  public TextOpen(TurnContext turn) {
    this(turn, "");
  }

  @Override
  public int weight() {
    return 64 + prompt.length();
  }
}
