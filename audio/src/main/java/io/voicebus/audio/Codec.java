package io.voicebus.audio;

/**
 * Makes bytes of a format of whole samples in the rate that it encodes. Called in this order:
 * begin, encode, end. NOT thread safe.
 */
interface Codec {
  /** What comes before all; may be empty. */
  byte[] begin(int rateHz);

  /**
   * The bytes that are known by now.
   *
   * @param pcm signed 16-bit little-endian, a whole number of samples
   */
  byte[] encode(byte[] pcm);

  /** The rest. */
  byte[] end();

  /**
   * After the end: what to write over the bytes of {@link #begin} where that is possible, now that
   * the length is known; empty for nothing.
   */
  default byte[] finishedHead() {
    return AudioEncoder.NOTHING;
  }

  /** Frees what it has, also in the middle; more than once does no harm. */
  default void close() {}
}
