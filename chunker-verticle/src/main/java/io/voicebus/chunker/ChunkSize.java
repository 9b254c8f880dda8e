package io.voicebus.chunker;

/**
 * How long the next chunk may be, from what is buffered at the listener and how fast the voice is.
 *
 * <p>Sound runs dry if a chunk's first byte comes after what is buffered has been heard. So the
 * time that may be spent on waiting for more text is what is buffered, less the voice's time to the
 * first byte, less a reserve for what varies: the <em>spare</em> time. While there is none, as at a
 * turn's start, each sentence goes out at once, alone. With spare time, sentences are joined, since
 * a voice carries its melody over the sentences of one clip, and each clip costs a job and a
 * request.
 *
 * <p>A voice slower than real time falls behind by {@code factor - 1} seconds for each second of
 * speech, and a chunk lost to a dying worker is made again, so a chunk is never longer than what is
 * spare can pay for: {@code spare / factor}. A voice faster than real time pays nothing while it
 * speaks; for it the factor counts as {@link #LEAST_FACTOR}, which lets chunks at most double what
 * is spare: 1 s spare gives 2 s of speech, then 4, then 8, until {@code max-chunk-chars}.
 */
final class ChunkSize {
  /** How late a first byte or a delta may come, in ms: about the slowest of 20. */
  static final long RESERVE_MS = 500;

  /** The lowest real-time factor to expect. */
  static final double LEAST_FACTOR = 0.5;

  private ChunkSize() {}

  /**
   * How much longer text may be waited for, in ms; 0 for not at all.
   *
   * @param bufferedMs speech that is at the listener or on its way, not heard yet
   * @param firstByteMs the voice's measured time to its first byte
   */
  static long spareMs(long bufferedMs, long firstByteMs) {
    return Math.max(0, bufferedMs - firstByteMs - RESERVE_MS);
  }

  /**
   * How much speech the next chunk may hold, in ms; 0 for one sentence, however long.
   *
   * @param realTimeFactor how long the voice takes for a second of speech, in seconds; over 0
   */
  static long speechMs(long bufferedMs, long firstByteMs, double realTimeFactor) {
    return (long) (spareMs(bufferedMs, firstByteMs) / Math.max(LEAST_FACTOR, realTimeFactor));
  }
}
