package io.voicebus.turn;

/** Takes a turn's playout. Called on the owner's context. */
public interface AudioListener {
  /** Comes once, before the first audio: signed 16-bit little-endian mono PCM of this rate. */
  void format(int sampleRateHz);

  /**
   * The next piece, in order.
   *
   * @param chunk whose it is
   * @param pcm whole samples; not to be changed
   */
  void audio(int chunk, byte[] pcm);

  /**
   * Nothing more comes, though the turn may go on: its client has come back over another
   * connection, or this one takes nothing for too long.
   */
  default void dismissed() {}
}
