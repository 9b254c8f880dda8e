package io.voicebus.contract;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The work queue at one inbox that holds jobs: keeps each until its receiver has wholly received
 * the result, and sees that at most one worker's attempt at it counts.
 *
 * <p>Each job goes round: <em>claim</em> attempt n at the receiver, which fences all earlier ones
 * and waits for room; <em>offer</em> it to one worker; <em>lease</em> while that worker is at it.
 * Whatever goes wrong leads to the claim of attempt n + 1. An attempt's number is thus offered only
 * once. (Offering a refused attempt elsewhere under the same number would save a round trip to the
 * receiver for each refusal, of which there are few; but a repeated offer that reaches the refuser
 * later would then start an attempt that no fence cuts off.)
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
  private final KnownWorkers workers;
  private final Map<TurnId, Turn> turns = new HashMap<>();
  private final Map<String, Receiver> receivers = new HashMap<>();

  /** Who spoke a turn's last chunk: a voice that goes on sounds better than one that changes. */
  private final Recent<TurnId, String> lastWorkers = new Recent<>(JobLimits.REMEMBERED);

  private final TreeSet<HeldJob> ready = new TreeSet<>(HeldJob.MOST_URGENT);
  private long numbers;
  private int held;
  private boolean closed;
  private Bus.@Nullable Timer lookTimer;
  private long aloneNanos;

  public JobHolder(Inbox inbox, Listener listener, Random random) {
    this.inbox = inbox;
    this.listener = listener;
    this.workers = new KnownWorkers(random);
    inbox.onJob(JobPacket.Granted.class, this::onGranted);
    inbox.onJob(JobPacket.Done.class, this::onDone);
    inbox.onJob(JobPacket.Taken.class, this::onTaken);
    inbox.onJob(JobPacket.Declined.class, this::onDeclined);
    inbox.onJob(JobPacket.Finished.class, this::onFinished);
    inbox.onJob(JobPacket.Failed.class, this::onFailed);
    inbox.onJob(JobPacket.WorkerBeat.class, beat -> heard(beat.from(), beat.slots()));
    inbox.onHeartbeat(this::onHeartbeat);
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
    lastWorkers.remove(id);
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
    job.state = HeldJob.State.READY;
    job.at = granted.at();
    job.dueAt = JobLimits.dueAt(inbox.now(), granted.neededInMs());
    ready.add(job);
    claimMore(turn);
    assign();
  }

  private void onDone(JobPacket.Done done) {
    HeldJob job = find(done.job());
    if (job != null) {
      forget(job);
      listener.done(job.job, job.report());
      assign();
    }
  }

  // Offer.

  /** Offers what is ready, the most urgent first, while anybody has room. */
  private void assign() {
    if (!ready.isEmpty()) {
      long now = inbox.now();
      for (HeldJob job : List.copyOf(ready)) {
        String worker =
            workers.choose(
                lastWorkers.getOrDefault(job.job.id().turn(), ""),
                now < job.avoidedUntil ? job.avoided : "");
        if (worker != null) {
          offer(job, worker);
        }
      }
    }
    lookAgain();
  }

  private void offer(HeldJob job, String worker) {
    ready.remove(job);
    job.state = HeldJob.State.OFFERED;
    job.worker = worker;
    job.tie(inbox.watch(worker, () -> workerDied(job)));
    workers.offered(worker);
    inbox.send(
        worker,
        new JobPacket.Offer(
            inbox.address(),
            job.job.id(),
            job.attempt,
            job.job.receiver(),
            job.at,
            JobLimits.neededInMs(inbox.now(), job.dueAt),
            job.job.payload()));
    job.arm(inbox, JobLimits.ANSWER.toNanos(), () -> unanswered(job));
  }

  private void unanswered(HeldJob job) {
    workers.full(job.worker);
    job.begun++;
    withdraw(job);
    avoid(job);
    again(job, noAnswer());
  }

  private static Failure noAnswer() {
    return new Failure(
        Stage.SPEECH,
        FailureKind.UNAVAILABLE,
        "no speech worker finished a chunk in "
            + JobLimits.ATTEMPTS
            + " attempts: are the speech nodes overloaded, or their network?");
  }

  private void avoid(HeldJob job) {
    job.avoided = job.worker;
    job.avoidedUntil = inbox.now() + JobLimits.AVOID.toNanos();
  }

  /** While jobs wait for workers: looks again from time to time, and gives up without any. */
  private void lookAgain() {
    if (ready.isEmpty()) {
      aloneNanos = 0;
      if (lookTimer != null) {
        lookTimer.cancel();
        lookTimer = null;
      }
    } else if (lookTimer == null) {
      lookTimer = inbox.after(Limits.HEARTBEAT.toNanos(), this::look);
    }
  }

  private void look() {
    lookTimer = null;
    workers.prune(inbox.now());
    // Counted in looks, so that a timer that ran late gives nobody up.
    aloneNanos = workers.none() ? aloneNanos + Limits.HEARTBEAT.toNanos() : 0;
    if (aloneNanos >= JobLimits.NO_WORKER.toNanos()) {
      List.copyOf(ready).forEach(job -> abandon(job, noWorker()));
    }
    assign();
  }

  private static Failure noWorker() {
    return new Failure(
        Stage.SPEECH,
        FailureKind.UNAVAILABLE,
        "no speech worker has been seen for "
            + JobLimits.NO_WORKER.toSeconds()
            + " s: start one (role tts) in this JVM or its cluster");
  }

  // Lease.

  private void heard(String worker, int slots) {
    workers.heard(worker, slots, inbox.now());
    assign();
  }

  private void onTaken(JobPacket.Taken taken) {
    HeldJob job = at(taken.from(), taken.job(), taken.attempt());
    if (job == null) {
      withdraw(taken.from(), taken.job(), taken.attempt());
    } else {
      renew(job);
    }
    heard(taken.from(), taken.slots());
  }

  private void renew(HeldJob job) {
    if (job.state == HeldJob.State.OFFERED) {
      workers.answered(job.worker);
      lastWorkers.put(job.job.id().turn(), job.worker);
      job.takenAt(inbox.now());
    }
    if (job.state == HeldJob.State.TAKEN) {
      job.arm(inbox, JobLimits.LEASE.toNanos(), () -> expired(job));
    }
  }

  private void expired(HeldJob job) {
    withdraw(job);
    avoid(job);
    again(job, noAnswer());
  }

  private void onHeartbeat(StreamPacket.Heartbeat beat) {
    for (StreamPacket.Lease lease : beat.leases()) {
      HeldJob job = at(beat.from(), lease.job(), lease.attempt());
      if (job == null) {
        withdraw(beat.from(), lease.job(), lease.attempt());
      } else {
        renew(job);
      }
    }
    if (beat.slots() >= 0) {
      heard(beat.from(), beat.slots());
    }
  }

  private void onDeclined(JobPacket.Declined declined) {
    HeldJob job = at(declined.from(), declined.job(), declined.attempt());
    if (job != null && job.running()) {
      again(job, noAnswer());
    }
    // Whatever room it had when it refused: it takes nothing now.
    heard(declined.from(), 0);
  }

  private void onFinished(JobPacket.Finished finished) {
    HeldJob job = at(finished.from(), finished.job(), finished.attempt());
    if (job != null && job.running()) {
      renew(job);
      job.finished(finished.firstNanos(), finished.totalNanos());
      job.release();
      job.arm(inbox, JobLimits.AFTER_FINISH.toNanos(), () -> again(job, noAnswer()));
    }
    heard(finished.from(), finished.slots());
  }

  private void onFailed(JobPacket.Failed failed) {
    HeldJob job = at(failed.from(), failed.job(), failed.attempt());
    if (job != null && job.running()) {
      renew(job);
      Failure why = failed.failure();
      if (why.kind() == FailureKind.CANCELLED) {
        again(job, why);
      } else if (!why.kind().retryable() || ++job.failures >= JobLimits.FAILURES) {
        abandon(job, why);
      } else {
        avoid(job);
        again(job, why);
      }
    }
    heard(failed.from(), failed.slots());
  }

  private void workerDied(HeldJob job) {
    workers.forget(job.worker);
    if (job.running()) {
      again(job, noAnswer());
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

  // The ways on.

  /** Fences the attempt off, and tries once more unless it has been tried too often. */
  private void again(HeldJob job, Failure why) {
    Turn turn = turns.get(job.job.id().turn());
    if (turn == null || job.begun >= JobLimits.ATTEMPTS) {
      abandon(job, why);
      return;
    }
    leave(job);
    claim(turn, job);
  }

  private void abandon(HeldJob job, Failure why) {
    if (job.state != HeldJob.State.OVER) {
      forget(job);
      listener.abandoned(job.job, why);
    }
  }

  /** No worker is at it any more. */
  private void leave(HeldJob job) {
    if (job.state == HeldJob.State.OFFERED) {
      workers.answered(job.worker);
    }
    job.disarm();
    job.release();
  }

  private void forget(HeldJob job) {
    if (job.running()) {
      withdraw(job);
    }
    leave(job);
    ready.remove(job);
    HeldJob.State before = job.state;
    job.state = HeldJob.State.OVER;
    held--;
    TurnId id = job.job.id().turn();
    Turn turn = turns.get(id);
    if (turn != null) {
      turn.jobs.remove(job.job.id().chunk());
      turn.unclaimed.remove(job.job.id().chunk());
      if (before == HeldJob.State.CLAIMED) {
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
    lookAgain();
  }

  private void withdraw(HeldJob job) {
    withdraw(job.worker, job.job.id(), job.attempt);
  }

  private void withdraw(String worker, JobId job, int attempt) {
    inbox.send(worker, new JobPacket.Withdraw(inbox.address(), job, attempt));
  }

  private @Nullable HeldJob find(JobId id) {
    Turn turn = turns.get(id.turn());
    return turn == null ? null : turn.jobs.get(id.chunk());
  }

  private @Nullable HeldJob at(String worker, JobId id, int attempt) {
    HeldJob job = find(id);
    return job != null && job.isAt(worker, attempt) ? job : null;
  }
}
