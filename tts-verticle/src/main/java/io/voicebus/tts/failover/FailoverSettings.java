package io.voicebus.tts.failover;

import io.voicebus.contract.Settings;
import java.time.Duration;

/**
 * When fail-over goes from one engine to the next.
 *
 * @param patience how long an engine may be silent, or be tried again, before the next one speaks
 * @param probe how long an engine that fails is left alone
 * @param hedge whether a turn's first chunk is also given to the second engine when the first is
 *     slower than it mostly is
 */
public record FailoverSettings(Duration patience, Duration probe, boolean hedge) {
  /** Reads them, which are those of {@link FailoverConfig}. */
  public static FailoverSettings read(Settings settings) {
    return new FailoverSettings(
        settings.get(FailoverConfig.FAILOVER),
        settings.get(FailoverConfig.FAILOVER_PROBE),
        settings.get(FailoverConfig.HEDGE));
  }
}
