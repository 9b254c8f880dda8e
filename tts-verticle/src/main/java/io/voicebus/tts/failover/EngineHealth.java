package io.voicebus.tts.failover;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.voicebus.bus.Clock;
import io.voicebus.bus.FailureKind;
import io.voicebus.tts.engine.SpeechEngine;
import io.voicebus.tts.time.UsualTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The recent record of one engine: whether it is worth asking, and its usual time to first sound.
 * Thread-safe.
 */
final class EngineHealth {
  /** How many of the latest utterances count, once there were {@link #ENOUGH}. */
  private static final int WINDOW = 10;

  private static final int ENOUGH = 3;

  /** A key or an account does not mend itself soon. */
  private static final int PERMANENT_TIMES = 4;

  /** Faults within so long of one another are one. */
  private static final Duration ONE_FAULT = Duration.ofMillis(100);

  /**
   * The name of the log for operators: it reports which engine speaks. A service's own words are
   * not logged, since they may quote a text.
   */
  private static final Logger LOG = LoggerFactory.getLogger("io.voicebus.engines");

  private final SpeechEngine engine;
  private final Clock clock;
  private final Duration probe;
  private final CircuitBreaker breaker;
  private final UsualTime firstSounds = new UsualTime();
  private FailureKind lastFailure = FailureKind.UNAVAILABLE;
  private boolean failedOnce;
  private long failedAt;

  /** How many utterances it has, and since when none of them has sounded. */
  private int given;

  private long deafSince;

  /** Whether an utterance has left it since then, because it was silent. */
  private boolean deaf;

  /**
   * Starts with an engine that works, as far as is known.
   *
   * @param probe how long a failed engine is not asked before one utterance tries it
   */
  EngineHealth(SpeechEngine engine, Duration probe, Clock clock) {
    this.engine = engine;
    this.clock = clock;
    this.probe = probe;
    this.breaker =
        CircuitBreaker.of(
            engine.name(),
            CircuitBreakerConfig.custom()
                .slidingWindowSize(WINDOW)
                .minimumNumberOfCalls(ENOUGH)
                .waitDurationInOpenState(probe)
                .permittedNumberOfCallsInHalfOpenState(1)
                .clock(new Monotonic(clock))
                .build());
    breaker.getEventPublisher().onStateTransition(event -> tell(event.getStateTransition()));
  }

  /** Counts what listeners notice, not each failed try. */
  private void tell(CircuitBreaker.StateTransition change) {
    if (change == CircuitBreaker.StateTransition.CLOSED_TO_OPEN) {
      LOG.warn(
          "the engine {} fails ({}) and is left alone: others speak in its place until it is well",
          name(),
          lastFailure.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    } else if (change.getToState() == CircuitBreaker.State.CLOSED) {
      LOG.info("the engine {} is well again, and speaks", name());
    }
  }

  SpeechEngine engine() {
    return engine;
  }

  String name() {
    return engine.name();
  }

  /**
   * Whether an utterance may go there: yes while it is well, and for one at a time when it has been
   * left alone for long enough. The utterance that was let in tells the outcome.
   */
  boolean lets() {
    return breaker.tryAcquirePermission();
  }

  /** Whether it is left alone for now. */
  boolean leftAlone() {
    return breaker.getState() == CircuitBreaker.State.OPEN;
  }

  /** Whether it is well, or may be. */
  boolean well() {
    return breaker.getState() == CircuitBreaker.State.CLOSED;
  }

  void succeeded() {
    breaker.onSuccess(0, TimeUnit.NANOSECONDS);
  }

  /** The outcome says nothing about the engine. */
  void unknown() {
    breaker.releasePermission();
  }

  /** An utterance failed; not every failure is the engine's. */
  synchronized void failed(FailureKind kind) {
    lastFailure = kind;
    switch (kind) {
      case UNAUTHENTICATED, QUOTA ->
          breaker.transitionToOpenStateFor(probe.multipliedBy(PERMANENT_TIMES));
      case UNAVAILABLE, TIMEOUT, LOST, INTERNAL -> {
        // One connection that is lost breaks all that is said over it.
        long now = clock.nanoTime();
        boolean closed = breaker.getState() == CircuitBreaker.State.CLOSED;
        if (closed && failedOnce && now - failedAt < ONE_FAULT.toNanos()) {
          unknown();
        } else {
          failedOnce = true;
          failedAt = now;
          breaker.onError(0, TimeUnit.NANOSECONDS, new EngineFailedException());
        }
      }
      case RATE_LIMITED, INVALID_REQUEST, CANCELLED, BLOCKED, NOT_FOUND, TOO_LARGE -> unknown();
    }
  }

  /** The engine gets an utterance, which may wait there. */
  synchronized void given() {
    if (given++ == 0 && !deaf) {
      deafSince = clock.nanoTime();
    }
  }

  /**
   * An utterance has left the engine.
   *
   * @param unanswered whether it had waited for too long
   */
  synchronized void over(boolean unanswered) {
    given--;
    deaf |= unanswered;
  }

  /** An utterance sounds. */
  synchronized void heard() {
    deafSince = clock.nanoTime();
    deaf = false;
  }

  /** For how long it has had utterances, and none has sounded. */
  synchronized long deafNanos(long now) {
    return now - deafSince;
  }

  /** How many utterances it has. */
  synchronized int has() {
    return given;
  }

  /** Whether an utterance would be spoken here, as far as is known. */
  synchronized boolean speaks() {
    return well() && !deaf;
  }

  /** Whether an utterance has failed meanwhile, by the engine's fault. */
  synchronized boolean failedMeanwhile() {
    return failedOnce && failedAt - deafSince >= 0;
  }

  /** An utterance sounded after so long. */
  void sounded(long nanos) {
    firstSounds.took(nanos, clock.nanoTime());
  }

  /** The time in which one of two of its last utterances has sounded; empty if too few have. */
  OptionalLong usualNanos() {
    return firstSounds.of(0.5);
  }

  /** The time in which 95 of 100 of its last utterances have sounded; empty if too few have. */
  OptionalLong slowestUsualNanos() {
    return firstSounds.of(0.95);
  }

  private static final class EngineFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EngineFailedException() {
      super("", null, false, false);
    }
  }

  /** The library wants a clock of the wall; only differences are used. */
  private static final class Monotonic extends java.time.Clock {
    private final Clock clock;
    private final long origin;

    Monotonic(Clock clock) {
      this.clock = clock;
      this.origin = clock.nanoTime();
    }

    @Override
    public Instant instant() {
      return Instant.EPOCH.plusNanos(clock.nanoTime() - origin);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public java.time.Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
