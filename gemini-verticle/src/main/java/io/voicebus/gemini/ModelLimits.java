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

  /** Reads the settings of one service. */
  static ModelLimits read(Settings settings, GeminiConfig.Limits of) {
    return new ModelLimits(
        settings.get(of.connect()),
        settings.get(of.headers()),
        settings.get(of.gap()),
        settings.get(of.total()),
        settings.get(of.retries()));
  }
}
