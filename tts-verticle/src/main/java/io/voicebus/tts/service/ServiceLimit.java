package io.voicebus.tts.service;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The number of utterances that a service accepts at once, over all ways in which an engine asks
 * it. A setting or the service sets it, or it is learnt: it starts low and grows by one with each
 * accepted utterance, so that it doubles in each round, until the service refuses one. Then it
 * falls to the number under way without the refused one, and after a while grows again by one, and
 * faster as long as nothing is refused. Other nodes that use the account learn in the same way, so
 * that each gets its share.
 *
 * <p>NOT thread-safe, but for {@link #slots()}.
 */
public final class ServiceLimit {
  /** One way of asking the service, such as HTTP or WebSockets. */
  public interface Way {
    /** How many utterances it has under way. */
    int underWay();

    /** There may be room for more. */
    void pump();
  }

  /**
   * How often the wait for room grows: other users of the room will be done, and one request in two
   * seconds is no burden.
   */
  private static final int MOST_WAITS = 4;

  /** More than any plan has. */
  static final int UNKNOWN = 1_000;

  /** How much longer a step above a refused limit waits than one below it. */
  private static final int BEYOND = 3;

  private static final int MOST_DOUBLINGS = 4;

  /** A first byte that takes so many times the fastest one's time, and a bit, is slow. */
  private static final double SLOW = 2;

  private static final double SLOW_NANOS = 150e6;

  /**
   * An utterance that takes at most so many times the fastest one's time runs without competition.
   */
  private static final double AS_FAST = 1.25;

  private static final double AS_FAST_NANOS = 20e6;

  /**
   * On a machine of so many cores each of many requests takes as many times as long as there are
   * requests for each core; a service with more cores does not become slow by them.
   */
  private static final double CORES = 8;

  /** By which the fastest one is forgotten with each that follows. */
  private static final double FORGET = 1.01;

  private final ServiceTimes times;
  private final List<Way> ways = new ArrayList<>();
  private Runnable onMore = () -> {};

  /** What is never exceeded, as far as it is known. */
  private int ceiling;

  private int most;
  private volatile int slots;

  /** Until the first refusal. */
  private boolean learning = true;

  /** What was refused last lies above it. */
  private int accepted;

  private int step = 1;
  private int failedSteps;
  private long raisedAt;

  /** What it was before refusals that may all belong together. */
  private int before;

  /** Whether it grows only while the service is not slower than with fewer. */
  private final boolean gentle;

  private double fastestNanos = Double.MAX_VALUE;
  private long slowerFrom;
  private int slowOnes;

  /** What the service said when it refused one last. */
  private String why = "";

  private int refusals;
  private long notBefore;
  private boolean waiting;

  /**
   * A limit that has learnt nothing yet.
   *
   * @param known the limit, if it is known from the start; 0 to learn it
   * @param start the first limit if it has to be learnt
   * @param gentle whether utterances at once slow each other down, as on one machine; the limit
   *     then follows the time to the first byte
   */
  public ServiceLimit(ServiceTimes times, int known, int start, boolean gentle) {
    this.times = times;
    this.gentle = gentle && known == 0;
    this.ceiling = known == 0 ? UNKNOWN : known;
    set(known == 0 ? start : known);
  }

  /**
   * Adds a way, whose utterances count, too. Room that becomes free is offered to the ways in the
   * order of adding.
   */
  public void add(Way way) {
    ways.add(way);
  }

  /** Sets a task that runs when the limit grows. */
  public void onMore(Runnable task) {
    onMore = task;
  }

  /** The limit now. Call it from any thread. */
  public int slots() {
    return slots;
  }

  /** How many more utterances may start now. */
  public int room() {
    return most - underWay();
  }

  /** A request has ended: the next waiting one may start. */
  public void freed() {
    ways.forEach(Way::pump);
  }

  /** Whether nothing is under way, so that nothing's end will tell of room. */
  boolean idle() {
    return underWay() == 0;
  }

  private int underWay() {
    return ways.stream().mapToInt(Way::underWay).sum();
  }

  private void set(int value) {
    boolean more = value > most;
    most = value;
    slots = value;
    if (more) {
      onMore.run();
    }
  }

  /** How long from now no request should start, in nanoseconds; 0 if one may start now. */
  public long waitNanos(long now) {
    return waiting ? Math.max(0, notBefore - now) : 0;
  }

  /** The service's reason for its last refusal; empty for none. */
  public String why() {
    return why;
  }

  /**
   * Stores the reason of a refusal.
   *
   * @param said the service's words
   */
  public void because(String said) {
    why = said;
  }

  /** The service told the limit of the plan, which other users share. */
  public void announced(int limit) {
    if (limit > 0 && limit != ceiling && limit < UNKNOWN) {
      boolean first = ceiling == UNKNOWN;
      ceiling = limit;
      set(first && learning ? ceiling : Math.min(most, ceiling));
    }
  }

  /** The service asks not to be asked for so long, or it is not asked for a while after faults. */
  void waitFor(long nanos, long now) {
    notBefore = now + Math.max(nanos, waitNanos(now));
    waiting = true;
  }

  /**
   * The service refused an utterance for want of room. While others are under way, the end of one
   * of them is the sign for another attempt; otherwise a timer is.
   *
   * @param limit the limit that the service named; 0 if it named none
   */
  public void refused(int limit, long now) {
    announced(limit);
    if (refusals++ == 0) {
      before = most;
    }
    int rest = underWay();
    failedSteps = rest >= accepted ? Math.min(MOST_DOUBLINGS, failedSteps + 1) : 0;
    learning = false;
    step = 1;
    raisedAt = now;
    accepted = Math.max(1, rest);
    if (rest > 0) {
      set(Math.min(most, rest));
    } else { // it was not for what is under way: somebody else uses the plan, or asks are counted
      set(Math.max(1, Math.min(most, before / 2)));
      waitFor(times.retryNanos(Math.min(refusals, MOST_WAITS)), now);
    }
  }

  /**
   * The service refused an utterance because of the rate of requests. New ones wait, and the limit
   * stays.
   *
   * @param told how long to wait, if the service says so; if refusals go on, each wait is longer
   */
  public void rateLimited(Optional<Duration> told, long now) {
    if (refusals == 0) {
      before = most;
    }
    if (waitNanos(now) == 0) { // those that were asked together are refused together
      refusals++;
    }
    long own = times.retryNanos(told.isPresent() ? refusals - 1 : refusals);
    long first = told.isPresent() && refusals == 1 ? 0 : own;
    waitFor(Math.max(first, told.map(Duration::toNanos).orElse(0L)), now);
  }

  /** The service accepted an utterance, which is under way now. */
  public void taken(long now) {
    refusals = 0;
    if (learning && !gentle) {
      set(Math.min(ceiling, most + 1));
    } else if (!learning
        && most < ceiling
        && underWay() >= most
        && now - raisedAt >= raiseNanos()) {
      set(Math.min(ceiling, most + step));
      if (most > accepted) {
        step = Math.min(2 * step, most);
      }
      raisedAt = now;
    }
  }

  /**
   * The first byte of one came after so long. Where requests share one machine, more of them at
   * once make each slower, the one that is heard now, too; then there are to be fewer.
   */
  void firstByte(long nanos, long now) {
    if (!gentle) {
      return;
    }
    fastestNanos = Math.min(FORGET * fastestNanos, (double) nanos);
    double shared = Math.max(SLOW, most / CORES);
    boolean slow = nanos > shared * fastestNanos + SLOW_NANOS;
    slowOnes = slow ? slowOnes + 1 : 0;
    if (!slow && learning) {
      boolean asFast = nanos < AS_FAST * fastestNanos + AS_FAST_NANOS;
      set(Math.min(ceiling, most + (asFast ? 2 : 1)));
    } else if (slowOnes > 1 && most > 1 && now - slowerFrom >= 0) {
      learning = false;
      step = 1;
      raisedAt = now;
      accepted = most;
      set(Math.max(1, most * 3 / 4));
      slowerFrom = now + nanos;
    }
  }

  private long raiseNanos() {
    long nanos = times.learnt().toNanos();
    return most < accepted ? nanos : (nanos * BEYOND) << failedSteps;
  }
}
