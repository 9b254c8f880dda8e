package io.voicebus.turn;

import io.voicebus.contract.SharedConfig;
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
 * @param detach how long a listener whose connection was lost may take to come back before its turn
 *     is cancelled; zero cancels at once
 * @param resume how long a turn may be on hold before it is cancelled
 */
public record OwnerLimits(
    int maxTurns,
    Duration attach,
    Duration stalled,
    Duration stages,
    Duration silence,
    Duration detach,
    Duration resume) {
  /** With the usual patience for a silent stage, and for a listener that is cut off. */
  public OwnerLimits(int maxTurns, Duration attach, Duration stalled, Duration stages) {
    this(
        maxTurns,
        attach,
        stalled,
        stages,
        Duration.ofSeconds(30),
        Duration.ofSeconds(15),
        Duration.ofSeconds(5));
  }

  /** The same, but for how long a listener that is cut off may take to come back. */
  public OwnerLimits withDetach(Duration patience) {
    return new OwnerLimits(maxTurns, attach, stalled, stages, silence, patience, resume);
  }

  /** The same, but for how long a turn may be on hold. */
  public OwnerLimits withResume(Duration patience) {
    return new OwnerLimits(maxTurns, attach, stalled, stages, silence, detach, patience);
  }

  /** As the design has them. */
  public static final OwnerLimits DEFAULTS =
      new OwnerLimits(
          SharedConfig.DEFAULT_MAX_TURNS,
          Duration.ofSeconds(30),
          Duration.ofSeconds(120),
          Duration.ofSeconds(5));
}
