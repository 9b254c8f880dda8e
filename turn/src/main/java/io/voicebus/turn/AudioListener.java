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

  /** It has got all that has come, after it had to wait for some of that to be fetched. */
  default void caughtUp() {}

  /** Whether it wants nothing any more, whatever comes. */
  default boolean isGone() {
    return false;
  }

  /**
   * It has taken nothing for so long that its turn is about to be cancelled.
   *
   * @return whether another one has taken its place instead, from within this call
   */
  default boolean replaced() {
    return false;
  }

  /**
   * Nothing more comes, though the turn may go on: its client has come back over another
   * connection, or this one takes nothing for too long.
   */
  default void dismissed() {}
}
