package io.voicebus.contract;

import io.voicebus.bus.Message;

/**
 * Item, playback to owner, of a turn whose owner asked for it in {@link PlayoutRequest#pieces()}:
 * what a worker said of a chunk, as playback took it.
 *
 * @param chunk whose speech it is
 * @param afterNanos since playback was told of the chunk, on its clock
 * @param piece a {@link Speaker}, or one of the {@link Frame}s that follow it
 */
public record SpeechPiece(int chunk, long afterNanos, Message piece) implements Message {
  @Override
  public int weight() {
    return 16 + piece.weight();
  }
}
