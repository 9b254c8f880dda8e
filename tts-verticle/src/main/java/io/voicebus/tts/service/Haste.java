package io.voicebus.tts.service;

import io.voicebus.bus.Clock;
import io.voicebus.tts.time.Delays;
import io.voicebus.tts.time.UsualTime;
import java.time.Duration;

/**
 * Delays utterances that are due later while the process is overloaded, so that those due now get
 * the processor. While this event loop is late, only a few utterances start that are not due yet;
 * otherwise as many as the service accepts. An utterance that is due soon is never delayed. Bound
 * to one context.
 */
public final class Haste {
  private static final Duration LOOK = Duration.ofMillis(20);

  /** A timer that comes so late had others before it. */
  private static final long LATE_NANOS = 20_000_000;

  /** Utterances due within this time are begun; for a slow service, within up to the other one. */
  private static final long SOON_NANOS = 1_000_000_000;

  private static final long MOST_SOON_NANOS = 3_000_000_000L;
  private static final int TIMES_USUAL = 2;

  /** How many utterances for each core are never delayed. */
  private static final int LEAST = 4 * Runtime.getRuntime().availableProcessors();

  private final Delays loop;
  private final Clock clock;
  private final ServiceLimit.Way way;
  private final UsualTime usual;
  private int most = ServiceLimit.UNKNOWN;
  private long dueAt;
  private boolean looks;
  private volatile boolean keeps;

  /**
   * Watches one way of asking a service.
   *
   * @param loop timers of the event loop
   * @param usual the usual time to the first sound on this way
   */
  public Haste(Delays loop, Clock clock, ServiceLimit.Way way, UsualTime usual) {
    this.loop = loop;
    this.clock = clock;
    this.way = way;
    this.usual = usual;
  }

  /**
   * Whether an utterance that is due at a time may start; if not, the way is pumped until it may.
   *
   * @param due in nanoseconds of the clock
   * @param now in nanoseconds of the clock
   */
  public boolean allows(long due, long now) {
    look();
    boolean may = way.underWay() < most || due - now <= soon();
    if (!may) {
      keeps = true;
    }
    return may;
  }

  /** Whether an utterance was delayed at the last check. Call it from any thread. */
  public boolean keeps() {
    return keeps;
  }

  private long soon() {
    long begins = TIMES_USUAL * usual.of(0.5).orElse(0);
    return Math.max(SOON_NANOS, Math.min(MOST_SOON_NANOS, begins));
  }

  private void look() {
    if (!looks) {
      looks = true;
      dueAt = clock.nanoTime() + LOOK.toNanos();
      loop.after(LOOK, this::looked);
    }
  }

  private void looked() {
    looks = false;
    keeps = false;
    if (clock.nanoTime() - dueAt > LATE_NANOS) {
      most = Math.max(LEAST, Math.min(most, way.underWay()) * 3 / 4);
    } else {
      most = Math.min(ServiceLimit.UNKNOWN, most + most / 4 + 1);
    }
    if (way.underWay() > 0) {
      look();
    }
    way.pump();
  }
}
