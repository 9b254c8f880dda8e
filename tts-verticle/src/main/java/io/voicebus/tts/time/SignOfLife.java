package io.voicebus.tts.time;

import java.time.Duration;

/**
 * Tells whether an utterance still makes progress: its bytes must amount to at least a twentieth of
 * real time. Fewer count as silence. NOT thread-safe.
 */
public final class SignOfLife {
  /** For 16-bit samples at the lowest rate; at a higher rate the sign comes sooner. */
  private static final int BYTES_PER_MS = 16;

  private static final int PART = 20;

  private long bytes;

  /**
   * Counts bytes.
   *
   * @param more number of bytes
   * @param patience how long a service may be silent
   * @return whether the bytes are enough to wait as long again
   */
  public boolean shownBy(int more, Duration patience) {
    bytes += more;
    boolean enough = bytes * PART >= BYTES_PER_MS * patience.toMillis();
    if (enough) {
      bytes = 0;
    }
    return enough;
  }
}
