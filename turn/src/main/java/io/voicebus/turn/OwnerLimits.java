package io.voicebus.turn;

import java.time.Duration;

/**
 * The bounds that an owner keeps.
 *
 * @param maxTurns turns at once; one more is refused with {@code RATE_LIMITED}
 * @param attach how long a turn waits for a listener before it is cancelled
 * @param stalled how long a listener may take nothing, without having paused, before it is
 *     cancelled
 * @param stages how long the stages may take to report for a new turn
 */
public record OwnerLimits(int maxTurns, Duration attach, Duration stalled, Duration stages) {
  /** As the design has them. */
  public static final OwnerLimits DEFAULTS =
      new OwnerLimits(1000, Duration.ofSeconds(30), Duration.ofSeconds(120), Duration.ofSeconds(5));
}
