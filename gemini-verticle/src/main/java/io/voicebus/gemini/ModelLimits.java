package io.voicebus.gemini;

import io.voicebus.contract.Settings;
import java.time.Duration;

/**
 * How long to wait, how often to try.
 *
 * @param connect until there is a connection
 * @param headers from then until the response begins
 * @param gap between two pieces of the response; stands still while it is paused
 * @param total for all of it, retries included; stands still while it is paused
 * @param retries at most so many, while nothing was delivered
 */
record ModelLimits(Duration connect, Duration headers, Duration gap, Duration total, int retries) {

  /**
   * Reads the settings of one source, or takes these.
   *
   * @param source what the settings' names begin with
   */
  ModelLimits read(Settings settings, String source) {
    return new ModelLimits(
        settings.millis(source + "-connect-ms", connect, 1, 60_000),
        settings.millis(source + "-headers-ms", headers, 1, 600_000),
        settings.millis(source + "-gap-ms", gap, 1, 600_000),
        settings.millis(source + "-total-ms", total, 1, 3_600_000),
        settings.integer(source + "-retries", retries, 0, 10));
  }
}
