package io.voicebus.tts.service;

import java.time.Duration;

/**
 * How patient an engine is with its service.
 *
 * @param connect for a WebSocket to open
 * @param settle a bad key is told only after the upgrade: a WebSocket counts as accepted if nothing
 *     was told for so long
 * @param tick between signs of life on each WebSocket
 * @param answer a WebSocket on which nothing came for so long after a sign of life is dead
 * @param closing a context that nobody waits for, and of which nothing came for so long, counts no
 *     more, and its WebSocket takes no other
 * @param idle a WebSocket beyond the warm ones is closed when it was not used for so long
 * @param answering what was sent is requested again when no sound came for so long, as long as it
 *     is not known how long that mostly takes
 * @param closes a context that has not sounded for so long is told that no more text comes
 * @param retry first wait after a refusal; doubled each time, at most {@link #MOST_DOUBLINGS} times
 * @param quiet of an answer that may be all and tells no times, nothing has come for so long: its
 *     end is not waited for, the first time; from then on a third of it
 * @param learnt how long a learnt limit holds before one more is tried that was taken before
 */
public record ServiceTimes(
    Duration connect,
    Duration settle,
    Duration tick,
    Duration answer,
    Duration closing,
    Duration idle,
    Duration answering,
    Duration closes,
    Duration retry,
    Duration quiet,
    Duration learnt) {
  /**
   * So long nothing has come, though by its times all words have: then the end is not waited for.
   * Less would cut the last sounds of a service that stalls for a moment.
   */
  public static final long COMPLETE_NANOS = 500_000_000;

  static final int MOST_DOUBLINGS = 5;

  /** Those of all services. */
  public static ServiceTimes usual() {
    return new ServiceTimes(
        Duration.ofSeconds(5),
        Duration.ofMillis(250),
        Duration.ofSeconds(10),
        Duration.ofSeconds(10),
        Duration.ofSeconds(5),
        Duration.ofSeconds(60),
        Duration.ofMillis(2_500),
        Duration.ofMillis(300),
        Duration.ofMillis(250),
        Duration.ofSeconds(3),
        Duration.ofSeconds(1));
  }

  /** The wait after so many refusals in a row, from 1. */
  public long retryNanos(int refusals) {
    return retry.toNanos() << Math.min(MOST_DOUBLINGS, Math.max(0, refusals - 1));
  }
}
