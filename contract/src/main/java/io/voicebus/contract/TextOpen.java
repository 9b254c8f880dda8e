package io.voicebus.contract;

import io.voicebus.bus.Message;

/**
 * Head, owner to chunker: the deltas of this turn follow, from its first on, and what became of its
 * chunks ({@link ChunkSpoken}, {@link ChunkSkipped}); {@link ChunkCaption}s and a {@link
 * TextLength} come back.
 *
 * @param turn the turn
 * @param prompt what the text answers, which hints at its language; cut at {@link
 *     #MAX_PROMPT_CHARS}; empty if there is none
 * @param nextChunk the index of the first chunk to make
 * @param resumeAt the first UTF-16 unit of the turn's text that is not in a chunk yet
 */
public record TextOpen(TurnContext turn, String prompt, int nextChunk, long resumeAt)
    implements Message {
  /** UTF-16 units of the prompt that are told: enough to know a language by. */
  public static final int MAX_PROMPT_CHARS = 400;

  public TextOpen {
    if (prompt.length() > MAX_PROMPT_CHARS) {
      boolean parts = Character.isHighSurrogate(prompt.charAt(MAX_PROMPT_CHARS - 1));
      prompt = prompt.substring(0, MAX_PROMPT_CHARS - (parts ? 1 : 0));
    }
  }

  /** From the beginning of a text that answers a prompt. */
  public TextOpen(TurnContext turn, String prompt) {
    this(turn, prompt, 0, 0);
  }

  /** From the beginning of a text of which nobody tells what it answers. */
  public TextOpen(TurnContext turn) {
    this(turn, "");
  }

  @Override
  public int weight() {
    return 64 + prompt.length();
  }
}
