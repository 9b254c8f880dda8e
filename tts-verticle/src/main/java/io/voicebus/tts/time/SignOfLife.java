package io.voicebus.tts.time;

import java.time.Duration;

/**
 * Whether what comes of a speech shows that its end will come, too: it must be a twentieth of what
 * could be heard meanwhile. A byte now and then is silence. NOT thread-safe.
 */
public final class SignOfLife {
  /** For 16-bit samples at the lowest rate; at a higher rate the sign comes sooner. */
  private static final int BYTES_PER_MS = 16;

  private static final int PART = 20;

  private long bytes;

  /**
   * Some came.
   *
   * @param patience who is silent for so long has failed
   * @return whether that is enough to wait as long again
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
