package io.voicebus.playback;

import java.util.Map;

/**
 * What can be configured.
 *
 * @param limits of each turn: {@code lookahead-ms}, {@code turn-bytes}, {@code chunk-bytes}
 * @param maxTurns {@code max-turns}: how many turns one instance plays at a time
 */
record PlaybackSettings(PlayoutLimits limits, int maxTurns) {
  /** A thousand turns whose listeners all stopped, at 24 kHz and 20 s, hold 1 GB. */
  static final int DEFAULT_MAX_TURNS = 1_000;

  /** Five seconds at 48 kHz and as much again: a chunk that is taken up again must get further. */
  private static final int LEAST_BYTES = 1024 * 1024;

  private static final int MOST_BYTES = 256 * 1024 * 1024;

  /**
   * Reads a verticle's configuration.
   *
   * @throws IllegalArgumentException names the value that is wrong, and says what it may be
   */
  static PlaybackSettings of(Map<String, Object> config) {
    return new PlaybackSettings(
        new PlayoutLimits(
            whole(config, "lookahead-ms", PlayoutLimits.DEFAULT_LOOKAHEAD_MS, 1_000, 600_000),
            (int)
                whole(
                    config,
                    "turn-bytes",
                    PlayoutLimits.DEFAULT_TURN_BYTES,
                    LEAST_BYTES,
                    MOST_BYTES),
            (int)
                whole(
                    config,
                    "chunk-bytes",
                    PlayoutLimits.DEFAULT_CHUNK_BYTES,
                    LEAST_BYTES,
                    MOST_BYTES)),
        (int) whole(config, "max-turns", DEFAULT_MAX_TURNS, 1, 1_000_000));
  }

  private static long whole(
      Map<String, Object> config, String key, long otherwise, long least, long most) {
    Object value = config.getOrDefault(key, otherwise);
    if (value instanceof Number number
        && number.doubleValue() == number.longValue()
        && number.longValue() >= least
        && number.longValue() <= most) {
      return number.longValue();
    }
    throw new IllegalArgumentException(
        key + " is a whole number from " + least + " to " + most + ", not " + value);
  }
}
