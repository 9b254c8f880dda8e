package io.voicebus.queue;

import io.voicebus.bus.Bus;
import io.voicebus.bus.Inbox;
import io.voicebus.bus.Limits;
import io.voicebus.bus.Tie;
import io.voicebus.contract.ResumePoint;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** What a holder knows of one job. NOT thread safe. */
final class HeldJob {
  enum State {
    /** Earlier chunks of its turn are claimed first. */
    HELD,
    /** The receiver was asked for room, and to cut off earlier attempts. */
    CLAIMED,
    /** Granted: any worker may have it. */
    READY,
    /** A worker was asked, and has not answered. */
    OFFERED,
    /** A worker has it. */
    TAKEN,
    /** The worker has sent the whole result; the receiver has not said that it has it. */
    FINISHED,
    /** The attempt came to nothing: the job is claimed again at once, or given up. */
    TRIED,
    /** Done, abandoned or dropped. */
    OVER
  }

  /** Due first; a turn's chunks in order, then in the order in which they came. */
  static final Comparator<HeldJob> MOST_URGENT =
      Comparator.<HeldJob>comparingLong(held -> held.dueAt)
          .thenComparingInt(held -> held.job.id().chunk())
          .thenComparingLong(held -> held.number);

  final Job job;
  private final long number;
  private final long heldAt;

  State state = State.HELD;

  /** Counts claims: every offer has a number of its own, fenced by a claim. */
  int attempt;

  /** Attempts that were taken, or may have been. */
  int begun;

  int failures;

  /** Whether the worker that it waits at was asked to give it back. */
  boolean recalled;

  /** How often it was taken from a worker that did not get on. */
  int reissues;

  /** How long its attempt has not got on while it was due, and when it was last heard of. */
  private long stillNanos;

  private long renewedAt;
  long claimWaitNanos;
  ResumePoint at = ResumePoint.START;
  long dueAt;

  /** Where it is, or where it was last. */
  String worker = "";

  /** Where it failed last, and until when it is kept away from there. */
  String avoided = "";

  long avoidedUntil;

  private long waitNanos = -1;
  private long firstNanos = -1;
  private long totalNanos = -1;
  private @Nullable Tie tie;
  private Bus.@Nullable Timer timer;

  HeldJob(Job job, long number, long now) {
    this.job = job;
    this.number = number;
    this.heldAt = now;
  }

  /** Whether this is an attempt that a worker is at, or may be. */
  boolean isAt(String inbox, int number) {
    return attempt == number && worker.equals(inbox) && tried();
  }

  /** Whether the current attempt was offered. */
  boolean tried() {
    return running() || state == State.FINISHED;
  }

  /** Whether a worker may be at it. */
  boolean running() {
    return state == State.OFFERED || state == State.TAKEN;
  }

  /** It failed there, or got no answer: others are tried first. */
  void avoidWorker(long now) {
    avoided = worker;
    avoidedUntil = now + JobLimits.AVOID.toNanos();
  }

  /**
   * The worker is still at it. Counted from one word of it to the next, so that neither a frozen
   * holder nor a silent network makes it look as if it did not get on.
   */
  void renewed(long now, boolean moved) {
    long since = now - Math.max(renewedAt, dueAt);
    stillNanos =
        moved ? 0 : stillNanos + Math.min(Math.max(0, since), 2 * Limits.HEARTBEAT.toNanos());
    renewedAt = now;
  }

  /** It is due, and does not get on. */
  boolean stuck() {
    return reissues < JobLimits.REISSUES && stillNanos > JobLimits.DEADLINE.toNanos() << reissues;
  }

  void takenAt(long now) {
    stillNanos = 0;
    renewedAt = now;
    state = State.TAKEN;
    waitNanos = now - heldAt;
    begun++;
  }

  /** The worker had not begun it. */
  void handedBack() {
    if (state == State.TAKEN) {
      begun--;
    }
  }

  void finished(long first, long total) {
    state = State.FINISHED;
    firstNanos = first;
    totalNanos = total;
  }

  JobReport report() {
    return new JobReport(begun, waitNanos, firstNanos, totalNanos);
  }

  void tie(Tie newTie) {
    release();
    tie = newTie;
  }

  void release() {
    if (tie != null) {
      tie.release();
      tie = null;
    }
  }

  /** Sets the job's one timer; one that itself runs late gives what it waits for another chance. */
  void arm(Inbox inbox, long nanos, Runnable task) {
    disarm();
    long due = inbox.now() + nanos;
    timer =
        inbox.after(
            nanos,
            () -> {
              timer = null;
              if (inbox.now() - due > Limits.LATE.toNanos()) {
                arm(inbox, nanos, task);
              } else {
                task.run();
              }
            });
  }

  void disarm() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }
}
