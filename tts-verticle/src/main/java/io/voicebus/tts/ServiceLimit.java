package io.voicebus.tts;

import java.util.ArrayList;
import java.util.List;

/**
 * How many utterances the service takes at once, learnt from its refusals, for all ways in which an
 * engine asks it. The account is shared with whoever else uses it, so after a while one more is
 * tried. NOT thread-safe.
 */
final class ServiceLimit {
  /** One way of asking the service. */
  interface Way {
    /** How many utterances it has under way. */
    int underWay();

    /** There may be room for more. */
    void pump();
  }

  /** More than any plan has. */
  private static final int UNKNOWN = 1_000;

  private final ServiceTimes times;
  private final List<Way> ways = new ArrayList<>();

  /** What is never exceeded, as far as it is known. */
  private int ceiling;

  private int most;
  private int refusals;
  private boolean learnt;
  private long learntAt;
  private long notBefore;
  private boolean waiting;

  /**
   * @param most what is known from the start; 0 for nothing
   */
  ServiceLimit(ServiceTimes times, int most) {
    this.times = times;
    this.ceiling = most == 0 ? UNKNOWN : most;
    this.most = ceiling;
  }

  /** Counts what goes this way, too; the first one has what comes free first. */
  void add(Way way) {
    ways.add(way);
  }

  /** How many more may begin now. */
  int room(long now) {
    return most(now) - underWay();
  }

  /** Something is over: whoever waits may go on. */
  void freed() {
    ways.forEach(Way::pump);
  }

  private int underWay() {
    return ways.stream().mapToInt(Way::underWay).sum();
  }

  /** How many there may be now. */
  int most(long now) {
    while (learnt && now - learntAt >= times.learnt().toNanos()) {
      most++;
      learntAt += times.learnt().toNanos();
      learnt = most < ceiling;
    }
    return most;
  }

  /** How long from now nothing new should be tried; 0 for not at all. */
  long waitNanos(long now) {
    return waiting ? Math.max(0, notBefore - now) : 0;
  }

  /** The service named the limit of the plan, which others may use, too. */
  void told(int limit) {
    if (limit > 0 && limit < ceiling) {
      ceiling = limit;
      most = Math.min(most, ceiling);
    }
  }

  /** The service asks not to be asked for so long. */
  void waitFor(long nanos, long now) {
    notBefore = now + Math.max(nanos, waitNanos(now));
    waiting = true;
  }

  /**
   * One was refused, which is not under way any more.
   *
   * @param told the limit, if the service named it; else 0
   */
  void refused(int told, long now) {
    boolean another = waitNanos(now) == 0;
    most = Math.min(most(now), told > 0 ? told : Math.max(1, underWay()));
    learnt = true;
    learntAt = now;
    if (another) {
      refusals++;
      notBefore = now + times.retryNanos(refusals);
    }
    waiting = true;
  }

  /** One was taken. */
  void taken() {
    refusals = 0;
    waiting = false;
  }
}
