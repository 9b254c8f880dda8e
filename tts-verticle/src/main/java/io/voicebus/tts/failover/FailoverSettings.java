package io.voicebus.tts.failover;

import io.voicebus.contract.Settings;
import java.time.Duration;

/**
 * The time limits of fail-over.
 *
 * @param patience how long an engine may be silent or retry before the next one speaks; 50 ms to 60
 *     s
 * @param probe how long a failed engine is not asked; 100 ms to 1 h
 * @param hedge whether the second engine is asked as well for a turn's first chunk if the first
 *     engine is slower than usual
 */
public record FailoverSettings(Duration patience, Duration probe, boolean hedge) {
  /** Reads the settings of {@link FailoverConfig}. */
  public static FailoverSettings read(Settings settings) {
    return new FailoverSettings(
        settings.get(FailoverConfig.FAILOVER),
        settings.get(FailoverConfig.FAILOVER_PROBE),
        settings.get(FailoverConfig.HEDGE));
  }
}
