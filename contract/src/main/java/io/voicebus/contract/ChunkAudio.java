package io.voicebus.contract;

import io.voicebus.bus.Message;

/**
 * Item, playback to owner: the next piece of the playout.
 *
 * @param chunk whose it is
 * @param pcm signed 16-bit little-endian mono in the turn's rate; handed over, never changed
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record ChunkAudio(int chunk, byte[] pcm) implements Message {
  @Override
  public int weight() {
    return 16 + pcm.length;
  }
}
