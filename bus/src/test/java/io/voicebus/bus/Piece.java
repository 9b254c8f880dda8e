package io.voicebus.bus;

/** Item of a test's stream. */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record Piece(int chunk, byte[] pcm) implements Message {
  @Override
  public int weight() {
    return 16 + pcm.length;
  }
}
