package io.voicebus.queue;

import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Inbox;
import io.voicebus.bus.Stage;
import io.voicebus.bus.Tie;
import io.voicebus.contract.Addresses;
import io.voicebus.contract.JobId;
import io.voicebus.contract.TurnId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The work queue at one inbox that holds jobs: keeps each until its receiver has wholly received
 * the result, and sees that at most one worker's attempt at it counts.
 *
 * <p>Each job goes round: <em>claim</em> attempt n at the receiver, which fences all earlier ones
 * and waits for room; <em>offer</em> it to one worker; <em>lease</em> while that worker is at it.
 * Whatever goes wrong leads to the claim of attempt n + 1, so that each number is offered once, and
 * the latest claim cuts off all that was offered before. (To offer a refused attempt elsewhere
 * under its number would save a round trip, but the refuser could then either never take it or, if
 * it did not remember, start it again on a repeated offer. Refusals are few, and the claim of the
 * next attempt is mostly granted before a worker has room.)
 *
 * <p>The inbox must also receive what is published at {@link Addresses#WORKERS}. NOT thread safe:
 * used on its inbox's context only.
 */
public final class JobHolder {

  /** Who wants to know how each job ends. Exactly one is called, once, unless it was dropped. */
  public interface Listener {
    /** The receiver has it, or wants it no more. */
    void done(Job job, JobReport report);

    /** It cannot be done. */
    void abandoned(Job job, Failure why);
  }

  private static final class Turn {
    final TreeMap<Integer, HeldJob> jobs = new TreeMap<>();
    final TreeMap<Integer, HeldJob> unclaimed = new TreeMap<>();
    int claimed;
  }

  private static final class Receiver {
    final Tie tie;
    int jobs;

    Receiver(Tie tie) {
      this.tie = tie;
    }
  }

  private final Inbox inbox;
  private final Listener listener;
  private final Offers offers;
  private final Map<TurnId, Turn> turns = new HashMap<>();
  private final Map<String, Receiver> receivers = new HashMap<>();

  private long numbers;
  private int held;
  private boolean closed;

  public JobHolder(Inbox inbox, Listener listener, Random random) {
    this.inbox = inbox;
    this.listener = listener;
    this.offers = new Offers(inbox, random, new Steps());
    inbox.onJob(JobPacket.Granted.class, this::onGranted);
    inbox.onJob(JobPacket.Done.class, this::onDone);
  }

  /** Asks all workers to make themselves known, so that a holder that starts can offer at once. */
  public void call() {
    inbox.publish(Addresses.HOLDERS, new JobPacket.RollCall(inbox.address()));
  }

  /**
   * Keeps a job until it is done.
   *
   * @throws IllegalArgumentException when a job of this name is held
   * @throws IllegalStateException when closed
   */
  public void hold(Job job) {
    if (closed) {
      throw new IllegalStateException("the holder is closed");
    }
    Turn turn = turns.computeIfAbsent(job.id().turn(), id -> new Turn());
    if (turn.jobs.containsKey(job.id().chunk())) {
      throw new IllegalArgumentException(job.id() + " is held already");
    }
    HeldJob added = new HeldJob(job, numbers++, inbox.now());
    turn.jobs.put(job.id().chunk(), added);
    turn.unclaimed.put(job.id().chunk(), added);
    held++;
    receivers.computeIfAbsent(
            job.receiver(),
            receiver -> new Receiver(inbox.watch(receiver, () -> receiverDied(receiver))))
        .jobs++;
    claimMore(turn);
  }

  /** Forgets all jobs of a turn, and withdraws its attempts; the listener is not told. */
  public void drop(TurnId id) {
    Turn turn = turns.get(id);
    if (turn != null) {
      turn.unclaimed.clear();
      List.copyOf(turn.jobs.values()).forEach(this::forget);
    }
    offers.forget(id);
  }

  /** How many jobs it keeps. */
  public int held() {
    return held;
  }

  /** Drops everything. */
  public void close() {
    closed = true;
    List.copyOf(turns.keySet()).forEach(this::drop);
  }

  // Claim.

  private void claimMore(Turn turn) {
    while (turn.claimed < JobLimits.CLAIMS && !turn.unclaimed.isEmpty()) {
      claim(turn, turn.unclaimed.pollFirstEntry().getValue());
    }
  }

  private void claim(Turn turn, HeldJob job) {
    job.state = HeldJob.State.CLAIMED;
    job.attempt++;
    job.claimWaitNanos = JobLimits.CLAIM_REPEAT.toNanos();
    turn.claimed++;
    sendClaim(job);
  }

  private void sendClaim(HeldJob job) {
    inbox.send(
        job.job.receiver(),
        new JobPacket.Claim(inbox.address(), job.job.id(), job.attempt, job.job.estimatedMs()));
    job.arm(
        inbox,
        job.claimWaitNanos,
        () -> {
          job.claimWaitNanos =
              Math.min(2 * job.claimWaitNanos, JobLimits.CLAIM_REPEAT_MAX.toNanos());
          sendClaim(job);
        });
  }

  private void onGranted(JobPacket.Granted granted) {
    HeldJob job = find(granted.job());
    Turn turn = turns.get(granted.job().turn());
    if (job == null
        || turn == null
        || job.attempt != granted.attempt()
        || job.state != HeldJob.State.CLAIMED) {
      return;
    }
    job.disarm();
    turn.claimed--;
    job.at = granted.at();
    job.dueAt = JobLimits.dueAt(inbox.now(), granted.neededInMs());
    offers.add(job);
    claimMore(turn);
  }

  private void onDone(JobPacket.Done done) {
    HeldJob job = find(done.job());
    if (job != null) {
      forget(job);
      listener.done(job.job, job.report());
    }
  }

  private void receiverDied(String receiver) {
    Failure why =
        new Failure(
            Stage.PLAYBACK, FailureKind.LOST, "the playback instance of this turn has died");
    List<HeldJob> lost = new ArrayList<>();
    for (Turn turn : turns.values()) {
      for (HeldJob job : turn.jobs.values()) {
        if (job.job.receiver().equals(receiver)) {
          lost.add(job);
        }
      }
    }
    lost.forEach(job -> abandon(job, why));
  }

  /** What leads on from an attempt that came to nothing. */
  private final class Steps implements Offers.Jobs {
    @Override
    public @Nullable HeldJob find(JobId id) {
      return JobHolder.this.find(id);
    }

    @Override
    public void again(HeldJob job, Failure why) {
      Turn turn = turns.get(job.job.id().turn());
      if (turn == null || job.begun >= JobLimits.ATTEMPTS) {
        abandon(job, why);
      } else {
        claim(turn, job);
      }
    }

    @Override
    public void abandon(HeldJob job, Failure why) {
      JobHolder.this.abandon(job, why);
    }
  }

  private void abandon(HeldJob job, Failure why) {
    if (job.state != HeldJob.State.OVER) {
      forget(job);
      listener.abandoned(job.job, why);
    }
  }

  private void forget(HeldJob job) {
    offers.remove(job);
    boolean claimed = job.state == HeldJob.State.CLAIMED;
    job.state = HeldJob.State.OVER;
    held--;
    TurnId id = job.job.id().turn();
    Turn turn = turns.get(id);
    if (turn != null) {
      turn.jobs.remove(job.job.id().chunk());
      turn.unclaimed.remove(job.job.id().chunk());
      if (claimed) {
        turn.claimed--;
        claimMore(turn);
      }
      if (turn.jobs.isEmpty()) {
        turns.remove(id);
      }
    }
    Receiver receiver = receivers.get(job.job.receiver());
    if (receiver != null && --receiver.jobs == 0) {
      receivers.remove(job.job.receiver());
      receiver.tie.release();
    }
  }

  private @Nullable HeldJob find(JobId id) {
    Turn turn = turns.get(id.turn());
    return turn == null ? null : turn.jobs.get(id.chunk());
  }
}
