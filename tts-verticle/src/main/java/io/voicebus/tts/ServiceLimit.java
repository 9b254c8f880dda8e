package io.voicebus.tts;

/**
 * How many utterances the service takes at once, learnt from its refusals. It is shared with
 * whoever else uses the account, so after a while one more is tried. NOT thread-safe.
 */
final class ServiceLimit {
  /** More than any plan has. */
  private static final int UNKNOWN = 1_000;

  private final ServiceTimes times;

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
   * One was refused.
   *
   * @param others that were under way
   * @param told the limit, if the service named it; else 0
   */
  void refused(int others, int told, long now) {
    boolean another = waitNanos(now) == 0;
    most = Math.min(most(now), told > 0 ? told : Math.max(1, others));
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
