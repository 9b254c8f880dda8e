package io.voicebus.playback;

import io.voicebus.contract.Settings;
import io.voicebus.contract.TurnOptions;
import java.util.List;

/**
 * What can be configured.
 *
 * @param limits of each turn: {@code lookahead-ms}, {@code turn-bytes}, {@code chunk-bytes}
 * @param maxTurns {@code max-turns}: how many turns one instance plays at a time
 * @param processing {@code processing}: what a turn's samples go through that does not say
 */
record PlaybackSettings(PlayoutLimits limits, int maxTurns, String processing) {
  /** A thousand turns whose listeners all stopped, at 24 kHz and 20 s, hold 1 GB. */
  static final int DEFAULT_MAX_TURNS = 1_000;

  /** Five seconds at 48 kHz and as much again: a chunk that is taken up again must get further. */
  private static final int LEAST_BYTES = 1024 * 1024;

  private static final int MOST_BYTES = 256 * 1024 * 1024;

  /**
   * Reads a verticle's configuration.
   *
   * @throws IllegalArgumentException names what is wrong, and says what it may be
   */
  static PlaybackSettings of(Settings settings) {
    long lookaheadMs =
        settings.number("lookahead-ms", PlayoutLimits.DEFAULT_LOOKAHEAD_MS, 1_000, 600_000);
    int turnBytes =
        settings.integer("turn-bytes", PlayoutLimits.DEFAULT_TURN_BYTES, LEAST_BYTES, MOST_BYTES);
    int chunkBytes =
        settings.integer("chunk-bytes", PlayoutLimits.DEFAULT_CHUNK_BYTES, LEAST_BYTES, MOST_BYTES);
    int maxTurns = settings.integer("max-turns", DEFAULT_MAX_TURNS, 1, 1_000_000);
    String processing =
        settings.choice(
            "processing", TurnOptions.SEAMS, List.of(TurnOptions.SEAMS, TurnOptions.NO_PROCESSING));
    settings.rejectUnknown();
    return new PlaybackSettings(
        new PlayoutLimits(lookaheadMs, turnBytes, chunkBytes), maxTurns, processing);
  }
}
