package io.voicebus.playback;

/**
 * The named bounds of one turn's playout.
 *
 * @param lookaheadMs how much audio may be synthesised ahead of the listener's position, in ms
 * @param turnBytes for chunks further ahead than the next: bytes held and reserved together
 * @param chunkBytes bytes that one chunk may hold, and that one chunk may have reserved
 */
record PlayoutLimits(long lookaheadMs, int turnBytes, int chunkBytes) {
  /** The design's default: enough to ride out a failover, little to throw away at a barge-in. */
  static final long DEFAULT_LOOKAHEAD_MS = 20_000;

  /** 20 s at the highest rate, 48 kHz, are 1.92 MB: the smallest round figure that holds them. */
  static final int DEFAULT_TURN_BYTES = 2 * 1024 * 1024;

  /** As much again for one chunk: 43 s at 24 kHz, twice what a chunk's text takes to speak. */
  static final int DEFAULT_CHUNK_BYTES = 2 * 1024 * 1024;

  /** What chunks further ahead may hold past their estimates before one is cut off: 5 s, 48 kHz. */
  static final int OVERRUN_BYTES = 512 * 1024;

  /** A chunk that was cut off for its size is taken up again when less of it than this is held. */
  static final long TAKE_UP_BELOW_MS = 5_000;

  static final PlayoutLimits DEFAULTS =
      new PlayoutLimits(DEFAULT_LOOKAHEAD_MS, DEFAULT_TURN_BYTES, DEFAULT_CHUNK_BYTES);

  /** No turn ever holds more bytes of PCM than this: the chunk heard and the next are apart. */
  long heldBytes() {
    return (long) turnBytes + OVERRUN_BYTES + 2L * chunkBytes;
  }
}
