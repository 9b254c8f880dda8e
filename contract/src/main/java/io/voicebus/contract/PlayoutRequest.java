package io.voicebus.contract;

import io.voicebus.bus.Message;

/**
 * Head, owner to playback: play this turn. {@link ChunkCaption}s, the {@link TextLength} and {@link
 * Position}s follow; what is played, and what there is to say about it, comes back.
 *
 * @param turn the turn
 * @param sink where the audio goes
 * @param path the file to write, for {@link Sink#FILE}; else empty
 * @param resume where it begins
 */
public record PlayoutRequest(TurnContext turn, Sink sink, String path, PlayoutResume resume)
    implements Message {
  /** From the beginning. */
  public PlayoutRequest(TurnContext turn, Sink sink, String path) {
    this(turn, sink, path, PlayoutResume.START);
  }
}
