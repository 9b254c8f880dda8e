package io.voicebus.turn;

import java.time.Duration;

/**
 * The bounds that an owner keeps.
 *
 * @param maxTurns turns at once; one more is refused with {@code RATE_LIMITED}
 * @param attach how long a turn waits for a listener before it is cancelled
 * @param stalled how long a listener may take nothing, without having paused, before it is
 *     cancelled
 * @param stages how long it may take until somebody takes a stage of a new turn
 * @param silence how long nothing may come of a stage that has something to do before it is taken
 *     over; a text source has ten times as long, since it has limits of its own
 */
public record OwnerLimits(
    int maxTurns, Duration attach, Duration stalled, Duration stages, Duration silence) {
  /** With the usual patience for a silent stage. */
  public OwnerLimits(int maxTurns, Duration attach, Duration stalled, Duration stages) {
    this(maxTurns, attach, stalled, stages, Duration.ofSeconds(30));
  }

  /** As the design has them. */
  public static final OwnerLimits DEFAULTS =
      new OwnerLimits(1000, Duration.ofSeconds(30), Duration.ofSeconds(120), Duration.ofSeconds(5));
}
