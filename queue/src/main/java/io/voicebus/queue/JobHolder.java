package io.voicebus.queue;

import io.voicebus.bus.Bus;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Inbox;
import io.voicebus.bus.Message;
import io.voicebus.bus.Stage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The side of the work queue that needs the results. It keeps each job until the whole result has
 * come, over as many attempts as necessary. An attempt is a link to one worker. Each new attempt is
 * another link, so nothing of an earlier one is ever heard.
 *
 * <p>The inbox must also receive what workers publish. NOT thread safe: used on its inbox's context
 * only.
 */
public final class JobHolder {
  /** The receiver of the results. */
  public interface Client {
    /**
     * Reserves room for a result if there is room. For what is being heard there is always room. A
     * job keeps its reservation until its attempt is over.
     */
    boolean reserve(Job job);

    /** Milliseconds until the result is due; 0 for what is being heard or is heard next. */
    long neededInMs(Job job);

    /** The packet that begins an attempt at a worker; earlier attempts are over. */
    Message payload(Job job, int attempt);

    /** The next piece of the result. */
    void piece(Job job, Message item);

    /**
     * The job is due and waits for something that a worker has named.
     *
     * @param why in words; empty when the waiting is over
     */
    default void waits(Job job, String why) {}

    /** The attempt is over and the job is not: another attempt continues from what has come. */
    void interrupted(Job job);

    /** The whole result has come. */
    void done(Job job, JobReport report);

    /** The job cannot be done. */
    void abandoned(Job job, Failure why);
  }

  private static final class Turn {
    final TreeMap<Integer, HeldJob> jobs = new TreeMap<>();
    final TreeMap<Integer, HeldJob> waiting = new TreeMap<>();

    /** The timer after which a resting job of the turn may be offered again; null for none. */
    Bus.@Nullable Timer rest;

    void stopRest() {
      if (rest != null) {
        rest.cancel();
        rest = null;
      }
    }
  }

  private final Inbox inbox;
  private final Client client;
  private final String holders;
  private final Dispatch dispatch;
  private final HeldCounts counts;
  private final Map<String, Turn> turns = new HashMap<>();
  private long numbers;
  private int held;
  private boolean closed;

  /**
   * A holder without jobs.
   *
   * @param holders the address at which workers hear of holders that start
   */
  public JobHolder(Inbox inbox, Client client, String holders, Random random) {
    this.inbox = inbox;
    this.client = client;
    this.holders = holders;
    this.counts = new HeldCounts(inbox.meters());
    this.dispatch = new Dispatch(inbox, client, random, new Steps());
  }

  /** Asks all workers to announce themselves, so that a holder that starts can offer at once. */
  public void call() {
    inbox.publish(holders, new JobPacket.RollCall(inbox.address()));
  }

  /**
   * Keeps a job until it is done.
   *
   * @throws IllegalArgumentException if a job of this name is held
   * @throws IllegalStateException if closed
   */
  public void hold(Job job) {
    if (closed) {
      throw new IllegalStateException("the holder is closed");
    }
    Turn turn = turns.computeIfAbsent(job.id().turn(), id -> new Turn());
    if (turn.jobs.containsKey(job.id().chunk())) {
      throw new IllegalArgumentException(job.id() + " is held already");
    }
    HeldJob added = new HeldJob(job, numbers++, inbox.now(), counts);
    turn.jobs.put(job.id().chunk(), added);
    turn.waiting.put(job.id().chunk(), added);
    held++;
    admit(turn);
  }

  /** There may be room for a turn again. */
  public void roomChanged(String id) {
    Turn turn = turns.get(id);
    if (turn != null) {
      admit(turn);
    }
  }

  /** In order: a later chunk must not take the room that an earlier one waits for. */
  private void admit(Turn turn) {
    while (!turn.waiting.isEmpty()) {
      HeldJob next = turn.waiting.firstEntry().getValue();
      if (next.restNanos(inbox.now()) > 0) {
        admitLater(turn, next.restNanos(inbox.now()));
        return;
      }
      if (!client.reserve(next.job)) {
        return;
      }
      turn.waiting.remove(next.job.id().chunk(), next);
      if (next.state() == HeldJob.State.WAITING) {
        next.ready(JobLimits.dueAt(inbox.now(), client.neededInMs(next.job)));
        dispatch.add(next);
      }
    }
  }

  private void admitLater(Turn turn, long nanos) {
    turn.stopRest();
    turn.rest =
        inbox.after(
            nanos,
            () -> {
              turn.rest = null;
              admit(turn);
            });
  }

  /**
   * Withdraws the jobs of a turn that no worker has begun, as far as that is known. They wait for
   * room again; {@link Client#reserve} must then say that there is none.
   */
  public void withhold(String id) {
    Turn turn = turns.get(id);
    if (turn != null) {
      for (HeldJob job : List.copyOf(turn.jobs.values())) {
        if (dispatch.withhold(job)) {
          turn.waiting.put(job.job.id().chunk(), job);
        }
      }
    }
  }

  /** There is no room for the rest of the result now: the attempt is withdrawn. */
  public void cutOff(JobId id) {
    HeldJob job = find(id);
    if (job != null && job.state() == HeldJob.State.TAKEN) {
      dispatch.leave(job);
      if (job.begunTooOften()) {
        abandon(job, noAnswer());
      } else {
        waitAgain(job);
      }
    }
  }

  /** Cancels a job whose result is no longer needed; its client gets no call. */
  public void cancel(JobId id) {
    HeldJob job = find(id);
    if (job != null) {
      forget(job);
    }
  }

  /** Cancels all jobs of a turn and withdraws its attempts; their client gets no call. */
  public void cancel(String id) {
    Turn turn = turns.get(id);
    if (turn != null) {
      turn.waiting.clear();
      List.copyOf(turn.jobs.values()).forEach(this::forget);
    }
    dispatch.forget(id);
  }

  /** How many jobs it keeps. */
  public int held() {
    return held;
  }

  /** Cancels all jobs. */
  public void close() {
    closed = true;
    List.copyOf(turns.keySet()).forEach(this::cancel);
  }

  /** The outcome of an attempt, for its job. */
  private final class Steps implements Dispatch.Jobs {
    @Override
    public void done(HeldJob job) {
      forget(job);
      client.done(job.job, job.report());
    }

    @Override
    public void again(HeldJob job, Failure why) {
      if (job.begunTooOften()) {
        abandon(job, why);
      } else {
        waitAgain(job);
        client.interrupted(job.job);
        Turn turn = turns.get(job.job.id().turn());
        if (turn != null) {
          admit(turn);
        }
      }
    }

    @Override
    public void abandon(HeldJob job, Failure why) {
      JobHolder.this.abandon(job, why);
    }
  }

  private void waitAgain(HeldJob job) {
    job.interrupted();
    Turn turn = turns.get(job.job.id().turn());
    if (turn != null) {
      turn.waiting.put(job.job.id().chunk(), job);
    }
  }

  private void abandon(HeldJob job, Failure why) {
    if (job.state() != HeldJob.State.OVER) {
      forget(job);
      client.abandoned(job.job, why);
    }
  }

  private void forget(HeldJob job) {
    if (job.state() == HeldJob.State.OVER) {
      return;
    }
    dispatch.leave(job);
    job.over();
    held--;
    String id = job.job.id().turn();
    Turn turn = turns.get(id);
    if (turn != null) {
      turn.jobs.remove(job.job.id().chunk());
      turn.waiting.remove(job.job.id().chunk());
      if (turn.jobs.isEmpty()) {
        turns.remove(id);
        turn.stopRest();
      }
    }
  }

  private @Nullable HeldJob find(JobId id) {
    Turn turn = turns.get(id.turn());
    return turn == null ? null : turn.jobs.get(id.chunk());
  }

  static Failure withdrawn() {
    return new Failure(Stage.PLAYBACK, FailureKind.CANCELLED, "the attempt was withdrawn");
  }

  static Failure noAnswer() {
    return new Failure(
        Stage.SPEECH,
        FailureKind.UNAVAILABLE,
        "no speech worker finished a chunk in "
            + JobLimits.ATTEMPTS
            + " attempts: are the speech nodes overloaded, or their network?");
  }
}
