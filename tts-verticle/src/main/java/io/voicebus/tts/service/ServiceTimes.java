package io.voicebus.tts.service;

import java.time.Duration;

/**
 * The time limits of an engine towards its service.
 *
 * @param connect how long a WebSocket may take to open, and a service to answer a question that
 *     costs nothing
 * @param settle services report a bad key after the upgrade: a WebSocket counts as accepted after
 *     so long without an error
 * @param tick time between two pings on each WebSocket
 * @param answer a WebSocket that receives nothing for so long after a ping is dead
 * @param closing a cancelled context that receives nothing for so long no longer counts, and its
 *     WebSocket gets no further context
 * @param idle a WebSocket beyond the warm ones is closed after so long without use
 * @param answering an utterance without a sound for so long is asked for again; used until the
 *     usual time is known
 * @param closes a context without a sound for so long is told that its text is complete
 * @param retry the wait after a first refusal; doubled with each further one, at most {@link
 *     #MOST_DOUBLINGS} times
 * @param quiet an answer without times that may be complete counts as ended after so long without a
 *     byte, the first time; later after a third of that
 * @param learnt how long a learnt limit holds before it grows by one up to what was accepted before
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
   * An answer all of whose words have come, by its times, counts as ended after so long without a
   * byte. A shorter time would cut the last sounds of a service that stalls for a moment. In
   * nanoseconds.
   */
  public static final long COMPLETE_NANOS = 500_000_000;

  static final int MOST_DOUBLINGS = 5;

  /** The limits for all services. */
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

  /**
   * The wait after a number of refusals in a row, in nanoseconds.
   *
   * @param refusals from 1
   */
  public long retryNanos(int refusals) {
    return retry.toNanos() << Math.min(MOST_DOUBLINGS, Math.max(0, refusals - 1));
  }
}
