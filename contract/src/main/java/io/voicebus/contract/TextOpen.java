package io.voicebus.contract;

import io.voicebus.bus.Message;

/**
 * Head, owner to chunker: the deltas of this turn follow, from its first on, and what became of its
 * chunks ({@link ChunkSpoken}, {@link ChunkSkipped}); {@link ChunkCaption}s and a {@link
 * TextLength} come back.
 *
 * @param turn the turn
 * @param nextChunk the index of the first chunk to make
 * @param resumeAt the first UTF-16 unit of the turn's text that is not in a chunk yet
 */
public record TextOpen(TurnContext turn, int nextChunk, long resumeAt) implements Message {
  /** From the beginning. */
  public TextOpen(TurnContext turn) {
    this(turn, 0, 0);
  }
}
