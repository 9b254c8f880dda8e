package io.voicebus.tts.failover;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * How long an utterance stays with an engine that does not speak: all is measured by the time that
 * is set ({@code failover-ms}) and by the engine's usual time to its first sound. Immutable.
 */
final class Patience {
  /** The pause before an engine that failed is asked again. */
  private static final Duration RETRY = Duration.ofMillis(200);

  /** The same, for an engine that has failed for longer than the time that is set. */
  private static final Duration LATER_RETRY = Duration.ofMillis(500);

  /** The longest wait for room, in times that are set. */
  private static final int LONG_WAIT = 5;

  /** How many times within the patience a waiting engine is checked. */
  private static final int LOOKS = 4;

  /**
   * The patience with silence, in usual times: a service is asked once more after three of them,
   * and has three more to answer.
   */
  private static final int USUAL_TIMES = 6;

  /** The longest patience with an engine that is usually slow, in times that are set. */
  private static final int MOST_USUAL = 4;

  private final Duration set;

  /** Patience by the time that is set. */
  Patience(Duration set) {
    this.set = set;
  }

  /**
   * How long an engine may work without a sound. An engine that is usually slow has more than the
   * time that is set.
   *
   * @param usualNanos its usual time to the first sound; empty if it is not known
   */
  Duration withSilence(OptionalLong usualNanos) {
    long usual = USUAL_TIMES * usualNanos.orElse(0);
    return Duration.ofNanos(Math.max(set.toNanos(), Math.min(usual, MOST_USUAL * set.toNanos())));
  }

  /**
   * How long an engine may produce no sound for any utterance before those that wait there leave
   * it.
   *
   * @param leaves whether its other utterances fail meanwhile, or the turn has no voice to lose
   */
  Duration withDeafness(OptionalLong usualNanos, boolean leaves) {
    Duration silence = withSilence(usualNanos);
    return leaves || silence.compareTo(longWait()) > 0 ? silence : longWait();
  }

  /** The time between two checks of an engine that waits. */
  Duration look(OptionalLong usualNanos) {
    return withSilence(usualNanos).dividedBy(LOOKS);
  }

  /** Whether an utterance may wait so long for room at an engine, in ms. */
  boolean allowsWait(long ms) {
    return ms <= longWait().toMillis();
  }

  private Duration longWait() {
    return set.multipliedBy(LONG_WAIT);
  }

  /** Whether audio that is due in so many ms comes late enough to wait for the engine. */
  boolean isBefore(long dueInMs) {
    return dueInMs > set.toMillis();
  }

  /** Whether there is time for another try, so many nanoseconds after the first one began. */
  boolean allowsRetry(long triedForNanos) {
    return triedForNanos + RETRY.toNanos() < set.toNanos();
  }

  /** The pause before another try, so many nanoseconds after the first one began. */
  Duration beforeRetry(long triedForNanos) {
    return allowsRetry(triedForNanos) ? RETRY : LATER_RETRY;
  }
}
