package io.voicebus.queue;

import io.voicebus.bus.Bus;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Inbox;
import io.voicebus.bus.LateTimers;
import io.voicebus.bus.Limits;
import io.voicebus.bus.Link;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * What a holder knows of one job, and the only place where its state changes. NOT thread safe.
 *
 * <pre>
 * WAITING ──room──▶ READY ──offer──▶ OFFERED ──accepted──▶ TAKEN ──end──▶ OVER
 *    ▲                ▲                 │ refused, silent     │ failed, died, cut off
 *    │                └─────────────────┘                     │
 *    └────────────────────────────────────────────────────────┘
 * </pre>
 */
final class HeldJob {
  enum State {
    /** It waits for room at the holder, and for earlier chunks of its turn. */
    WAITING,
    /** It can be offered to any worker. */
    READY,
    /** A worker was asked, and has not answered. */
    OFFERED,
    /** A worker has it. */
    TAKEN,
    /** Done, abandoned or cancelled. */
    OVER
  }

  /**
   * The order of jobs: the earliest due first; chunks of one turn in order, then in the order in
   * which they came.
   */
  static final Comparator<HeldJob> MOST_URGENT =
      Comparator.<HeldJob>comparingLong(held -> held.dueAt)
          .thenComparingInt(held -> held.job.id().chunk())
          .thenComparingLong(held -> held.number);

  final Job job;
  private final long number;
  private final long heldAt;
  private final HeldCounts counts;
  private State state = State.WAITING;

  /** Counts offers: each has a link of its own. */
  private int attempt;

  /** How many attempts have begun, or may have begun. */
  private int begun;

  private int failures;

  /** Failures of attempts that produced nothing, and how many of them while the job was due. */
  private int rests;

  private int lateFailures;

  /** The job is not offered before this time. */
  private long restsUntil;

  /** Whether the present attempt has produced something, and whether any attempt has. */
  private boolean gave;

  private boolean everGave;

  /** Whether the worker at which it waits was asked to return it. */
  private boolean recalled;

  /** How often it was withdrawn from a worker that made no progress. */
  private int reissues;

  /** The reason for waiting that its holder's client was given; empty for none. */
  private String waits = "";

  private long movedAt;
  private long dueAt;

  /** The worker that has it, or had it last. */
  private String worker = "";

  private @Nullable Link link;

  /** The worker where it failed last, and until when it is not offered there. */
  private String avoided = "";

  private long avoidedUntil;
  private boolean unanswered;
  private long waitNanos = -1;
  private @Nullable JobDone done;
  private Bus.@Nullable Timer deadline;

  HeldJob(Job job, long number, long now, HeldCounts counts) {
    this.job = job;
    this.number = number;
    this.heldAt = now;
    this.restsUntil = now;
    this.counts = counts;
    counts.held(state);
  }

  State state() {
    return state;
  }

  private void state(State next, State... from) {
    for (State each : from) {
      if (state == each) {
        counts.changed(state, next);
        state = next;
        return;
      }
    }
    throw new IllegalStateException(job.id() + " cannot become " + next + " from " + state);
  }

  // Transitions.

  /** There is room for its result, which is due at this time. */
  void ready(long due) {
    state(State.READY, State.WAITING);
    dueAt = due;
  }

  /** It is not offered now, and waits for room again. */
  void withheld() {
    state(State.WAITING, State.READY);
  }

  /** It is offered to a worker; returns the number of the attempt. */
  int offered(String to) {
    state(State.OFFERED, State.READY);
    worker = to;
    recalled = false;
    return ++attempt;
  }

  /** No worker has it: the worker refused, or was silent. Overdue jobs count as due now. */
  void refused(long due, boolean silent) {
    state(State.READY, State.OFFERED);
    dueAt = due;
    unanswered |= silent;
  }

  /** Whether a worker was silent since the job was last accepted. */
  boolean wasUnanswered() {
    return unanswered;
  }

  void taken(Link by, long now) {
    state(State.TAKEN, State.OFFERED);
    link = by;
    unanswered = false;
    gave = false;
    waitNanos = now - heldAt;
    movedAt = now;
    begun++;
  }

  /** The attempt has failed: the job waits for room again. */
  void interrupted() {
    state(State.WAITING, State.TAKEN);
    release();
    done = null;
  }

  /** Done, abandoned or cancelled. */
  void over() {
    state(State.OVER, State.values());
    release();
  }

  private void release() {
    if (deadline != null) {
      deadline.cancel();
      deadline = null;
    }
    Link old = link;
    link = null;
    if (old != null) {
      old.fail(JobHolder.withdrawn());
    }
  }

  // What its attempt tells.

  boolean isOffered(int number) {
    return state == State.OFFERED && attempt == number;
  }

  boolean isAt(Link by) {
    return state == State.TAKEN && link == by;
  }

  /** A piece of the result came. */
  void moved(long now) {
    movedAt = now;
    gave = true;
    everGave = true;
  }

  /**
   * It waits for something, or no longer does.
   *
   * @param why in words; empty for nothing
   * @return whether that is new
   */
  boolean waits(String why) {
    boolean news = !waits.equals(why);
    waits = why;
    return news;
  }

  boolean isWaiting() {
    return !waits.isEmpty();
  }

  void done(JobDone last) {
    done = last;
  }

  boolean isDone() {
    return done != null;
  }

  /** The worker had not begun it. */
  void handedBack() {
    begun--;
  }

  /**
   * Counts a temporary failure; whether there were too many. In a turn of which something was
   * spoken before, a job whose attempt produced nothing pauses; while its result is not due, that
   * failure does not count.
   *
   * @param neededInMs when its result is due
   */
  boolean failedTooOften(FailureKind kind, long neededInMs, long now) {
    boolean began = kind != FailureKind.UNAVAILABLE && kind != FailureKind.RATE_LIMITED;
    boolean underWay = everGave || job.id().chunk() > 0;
    if (gave || began || (!underWay && neededInMs == 0)) {
      failures++;
      return failures >= JobLimits.FAILURES;
    }
    long most = JobLimits.MOST_REST.toMillis();
    long rest =
        rests == 0 ? 0 : Math.min(most, JobLimits.REST.toMillis() << (Math.min(rests, 8) - 1));
    rests++;
    if (neededInMs > 0) {
      begun--; // such an attempt does not count
      rest = Math.min(rest, neededInMs);
    } else {
      lateFailures++;
      rest = Math.min(rest, JobLimits.REST.toMillis() << lateFailures);
    }
    restsUntil = now + rest * 1_000_000;
    return lateFailures >= JobLimits.LATE_FAILURES;
  }

  /** For how long it is not offered; 0 or less if it may be. */
  long restNanos(long now) {
    return restsUntil - now;
  }

  boolean begunTooOften() {
    return begun >= JobLimits.ATTEMPTS;
  }

  /** Asks the worker to return it if it waits there. */
  void recall() {
    if (link != null && !recalled) {
      recalled = true;
      link.tell(new Recall());
    }
  }

  boolean recalled() {
    return recalled;
  }

  // Where it is.

  String worker() {
    return worker;
  }

  long dueAt() {
    return dueAt;
  }

  /** It failed at this worker, or got no answer: other workers are tried first. */
  void avoidWorker(long now) {
    avoided = worker;
    avoidedUntil = now + JobLimits.AVOID.toNanos();
  }

  String avoided(long now) {
    return now < avoidedUntil ? avoided : "";
  }

  JobReport report() {
    return new JobReport(
        begun,
        waitNanos,
        done == null ? -1 : done.firstNanos(),
        done == null ? -1 : done.totalNanos());
  }

  // The deadline.

  /**
   * Watches its progress once it is due.
   *
   * @param stuck called whenever it has made no progress for the deadline, which doubles with each
   *     withdrawal
   */
  void watch(Inbox inbox, Runnable stuck) {
    if (reissues >= JobLimits.REISSUES) {
      return;
    }
    long patience = JobLimits.DEADLINE.toNanos() << reissues;
    long now = inbox.now();
    long wait = Math.max(Limits.HEARTBEAT.toNanos(), Math.max(movedAt, dueAt) + patience - now);
    long firesAt = now + wait;
    deadline =
        inbox.after(
            wait,
            () -> {
              deadline = null;
              long at = inbox.now();
              if (LateTimers.late(at, firesAt)) {
                // This node stood still, and so its worker may have seemed to.
                movedAt = at;
              } else if (at - Math.max(movedAt, dueAt) >= patience) {
                stuck.run();
              }
              if (state == State.TAKEN && deadline == null) {
                watch(inbox, stuck);
              }
            });
  }

  /** It is withdrawn from a worker that makes no progress. */
  void reissued() {
    reissues++;
  }
}
