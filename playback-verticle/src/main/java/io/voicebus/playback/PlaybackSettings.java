package io.voicebus.playback;

import io.voicebus.contract.Settings;

/**
 * What can be configured.
 *
 * @param limits of each turn: {@code lookahead-ms}, {@code turn-bytes}, {@code chunk-bytes}
 * @param maxTurns {@code max-turns}: how many turns one instance plays at a time
 * @param processing {@code processing}: what a turn's samples go through that does not say
 */
record PlaybackSettings(PlayoutLimits limits, int maxTurns, String processing) {
  /**
   * Reads a verticle's configuration.
   *
   * @throws IllegalArgumentException names what is wrong, and says what it may be
   */
  static PlaybackSettings of(Settings settings) {
    long lookaheadMs = settings.get(PlaybackConfig.LOOKAHEAD).toMillis();
    int turnBytes = settings.get(PlaybackConfig.TURN_BYTES);
    int chunkBytes = settings.get(PlaybackConfig.CHUNK_BYTES);
    int maxTurns = settings.get(PlaybackConfig.MAX_TURNS);
    String processing = settings.get(PlaybackConfig.PROCESSING);
    settings.rejectUnknown();
    return new PlaybackSettings(
        new PlayoutLimits(lookaheadMs, turnBytes, chunkBytes), maxTurns, processing);
  }
}
