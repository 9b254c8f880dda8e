package io.voicebus.tts;

/**
 * How many utterances the service takes at once, learnt from its refusals. It is shared with
 * whoever else uses the account, so after a while one more is tried. NOT thread-safe.
 */
final class ElevenLimit {
  /** More than any plan has. */
  private static final int UNKNOWN = 1_000;

  private final ElevenTimes times;
  private int most;
  private int refusals;
  private boolean learnt;
  private long learntAt;
  private long notBefore;
  private boolean waiting;

  /**
   * @param most what is known from the start; 0 for nothing
   */
  ElevenLimit(ElevenTimes times, int most) {
    this.times = times;
    this.most = most == 0 ? UNKNOWN : most;
  }

  /** How many there may be now. */
  int most(long now) {
    while (learnt && now - learntAt >= times.learnt().toNanos()) {
      most++;
      learntAt += times.learnt().toNanos();
      learnt = most < UNKNOWN;
    }
    return most;
  }

  /** How long from now nothing new should be tried; 0 for not at all. */
  long waitNanos(long now) {
    return waiting ? Math.max(0, notBefore - now) : 0;
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
