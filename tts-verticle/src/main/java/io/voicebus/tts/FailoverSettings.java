package io.voicebus.tts;

import io.voicebus.contract.Settings;
import java.time.Duration;

/**
 * How a line of engines goes from one to the next.
 *
 * @param patience how long an engine may be silent, or be tried again, before the next one speaks
 * @param probe how long an engine that fails is left alone
 * @param hedge whether a turn's first chunk is also given to the second engine when the first is
 *     slower than it mostly is
 */
record FailoverSettings(Duration patience, Duration probe, boolean hedge) {
  static FailoverSettings read(Settings settings) {
    return new FailoverSettings(
        settings.get(TtsConfig.FAILOVER),
        settings.get(TtsConfig.FAILOVER_PROBE),
        settings.get(TtsConfig.HEDGE));
  }
}
