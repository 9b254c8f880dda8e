package io.voicebus.queue;

import io.voicebus.bus.Bus;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Inbox;
import io.voicebus.bus.Limits;
import io.voicebus.bus.Recent;
import io.voicebus.bus.Stage;
import io.voicebus.bus.StreamPacket;
import io.voicebus.contract.JobId;
import io.voicebus.contract.TurnId;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The holder's dealings with workers: which of the granted jobs is offered to whom, and whether the
 * worker that took it is still at it. NOT thread safe.
 */
final class Offers {

  /** Whose jobs they are. */
  interface Jobs {
    @Nullable HeldJob find(JobId id);

    /** The attempt came to nothing: fence it off, and try once more. */
    void again(HeldJob job, Failure why);

    /** Nothing helps. */
    void abandon(HeldJob job, Failure why);
  }

  private final Inbox inbox;
  private final Jobs jobs;
  private final KnownWorkers workers;
  private final Wanted wanted;
  private final TreeSet<HeldJob> ready = new TreeSet<>(HeldJob.MOST_URGENT);

  /** Taken to wait: not begun, as far as is known. */
  private final TreeSet<HeldJob> waiting = new TreeSet<>(HeldJob.MOST_URGENT);

  /** Who spoke a turn's last chunk: a voice that goes on sounds better than one that changes. */
  private final Recent<TurnId, String> lastWorkers = new Recent<>(JobLimits.REMEMBERED);

  private Bus.@Nullable Timer lookTimer;
  private long aloneNanos;

  Offers(Inbox inbox, Random random, Jobs jobs) {
    this.inbox = inbox;
    this.jobs = jobs;
    this.workers = new KnownWorkers(random);
    this.wanted = new Wanted(inbox, workers);
    inbox.onJob(JobPacket.Taken.class, this::onTaken);
    inbox.onJob(JobPacket.Declined.class, this::onDeclined);
    inbox.onJob(JobPacket.Finished.class, this::onFinished);
    inbox.onJob(JobPacket.Failed.class, this::onFailed);
    inbox.onJob(JobPacket.SlotKept.class, this::onSlotKept);
    inbox.onJob(JobPacket.WorkerBeat.class, beat -> heard(beat.from(), beat.slots()));
    inbox.onHeartbeat(this::onHeartbeat);
  }

  /** The receiver has granted the job's attempt. */
  void add(HeldJob job) {
    job.state = HeldJob.State.READY;
    ready.add(job);
    assign();
  }

  /** The holder keeps the job no longer, or claims it again: no worker is to be at it. */
  void remove(HeldJob job) {
    if (job.running()) {
      withdraw(job.worker, job.job.id(), job.attempt);
    }
    leave(job);
    ready.remove(job);
    lookAgain();
  }

  /** The turn is over. */
  void forget(TurnId turn) {
    lastWorkers.remove(turn);
  }

  private void leave(HeldJob job) {
    if (job.state == HeldJob.State.OFFERED) {
      workers.answered(job.worker);
    }
    if (job.tried()) {
      job.state = HeldJob.State.TRIED;
    }
    waiting.remove(job);
    job.disarm();
    job.release();
  }

  // Offer.

  /** Offers what is ready, the most urgent first, while anybody has room. */
  private void assign() {
    if (!ready.isEmpty() && workers.anyFree()) {
      for (HeldJob job : List.copyOf(ready)) {
        String worker =
            workers.choose(lastWorkers.getOrDefault(job.job.id().turn(), ""), avoided(job));
        if (worker != null) {
          offer(job, worker);
        }
      }
    }
    lookAgain();
  }

  private String avoided(HeldJob job) {
    return inbox.now() < job.avoidedUntil ? job.avoided : "";
  }

  private void offer(HeldJob job, String worker) {
    ready.remove(job);
    job.state = HeldJob.State.OFFERED;
    job.worker = worker;
    job.recalled = false;
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
    giveUp(job);
  }

  private void giveUp(HeldJob job) {
    withdraw(job.worker, job.job.id(), job.attempt);
    job.avoidWorker(inbox.now());
    again(job, noAnswer());
  }

  private void again(HeldJob job, Failure why) {
    leave(job);
    jobs.again(job, why);
  }

  /** A place was kept for us: for the most urgent job that may go there, or for somebody else. */
  private void onSlotKept(JobPacket.SlotKept kept) {
    wanted.answered(kept.from());
    workers.heard(kept.from(), kept.slots(), inbox.now());
    if (workers.asked(kept.from())) {
      // That offer is still under way, and takes the place.
      return;
    }
    for (HeldJob job : ready) {
      if (!avoided(job).equals(kept.from())) {
        offer(job, kept.from());
        assign();
        return;
      }
    }
    inbox.send(kept.from(), new JobPacket.Pass(inbox.address()));
  }

  /** While jobs wait for workers: looks again from time to time, and gives up without any. */
  private void lookAgain() {
    if (ready.isEmpty()) {
      aloneNanos = 0;
      if (lookTimer != null) {
        lookTimer.cancel();
        lookTimer = null;
      }
      return;
    }
    if (!workers.asked()) {
      wanted.want(ready.first().dueAt);
    }
    if (lookTimer == null) {
      lookTimer = inbox.after(Limits.HEARTBEAT.toNanos(), this::look);
    }
  }

  private void look() {
    lookTimer = null;
    workers.prune(inbox.now());
    // Counted in looks, so that a timer that ran late gives nobody up.
    aloneNanos = workers.none() ? aloneNanos + Limits.HEARTBEAT.toNanos() : 0;
    if (aloneNanos >= JobLimits.NO_WORKER.toNanos()) {
      List.copyOf(ready).forEach(job -> jobs.abandon(job, noWorker()));
    }
    assign();
  }

  // Lease.

  private void heard(String worker, int slots) {
    workers.heard(worker, slots, inbox.now());
    assign();
    if (ready.isEmpty() && workers.idle(worker)) {
      recallFor(worker);
    }
  }

  /** Nothing is left to offer to an idle worker but what waits at a busy one. */
  private void recallFor(String idle) {
    for (HeldJob job : waiting) {
      if (!job.worker.equals(idle) && !avoided(job).equals(idle)) {
        waiting.remove(job);
        job.recalled = true;
        inbox.send(job.worker, new JobPacket.Recall(inbox.address(), job.job.id(), job.attempt));
        return;
      }
    }
  }

  private void onTaken(JobPacket.Taken taken) {
    renew(taken.from(), taken.job(), taken.attempt(), false);
    HeldJob job = at(taken.from(), taken.job(), taken.attempt());
    // Who takes its last place does not begin at once.
    if (job != null && job.state == HeldJob.State.TAKEN && !job.recalled && taken.slots() == 0) {
      waiting.add(job);
    }
    heard(taken.from(), taken.slots());
  }

  private void onHeartbeat(StreamPacket.Heartbeat beat) {
    for (StreamPacket.Lease lease : beat.leases()) {
      renew(beat.from(), lease.job(), lease.attempt(), lease.moved());
    }
    if (beat.slots() >= 0) {
      heard(beat.from(), beat.slots());
    }
  }

  private void renew(String worker, JobId id, int attempt, boolean moved) {
    HeldJob job = at(worker, id, attempt);
    if (job == null) {
      withdraw(worker, id, attempt);
    } else {
      renew(job);
      job.renewed(inbox.now(), moved);
      if (moved) {
        waiting.remove(job);
      }
      // One that does not get on must not block those behind it; where nobody is idle, it waits.
      if (job.state == HeldJob.State.TAKEN && job.stuck() && workers.idleBut(worker)) {
        job.reissues++;
        giveUp(job);
      }
    }
  }

  private void renew(HeldJob job) {
    if (job.state == HeldJob.State.OFFERED) {
      workers.answered(job.worker);
      lastWorkers.put(job.job.id().turn(), job.worker);
      job.takenAt(inbox.now());
    }
    if (job.state == HeldJob.State.TAKEN) {
      job.arm(inbox, JobLimits.LEASE.toNanos(), () -> giveUp(job));
    }
  }

  private void onDeclined(JobPacket.Declined declined) {
    HeldJob job = at(declined.from(), declined.job(), declined.attempt());
    if (job != null && job.running()) {
      job.handedBack();
      again(job, noAnswer());
    }
    // Whatever room it had when it refused: it takes nothing now.
    heard(declined.from(), 0);
  }

  private void onFinished(JobPacket.Finished finished) {
    HeldJob job = at(finished.from(), finished.job(), finished.attempt());
    if (job != null && job.running()) {
      renew(job);
      waiting.remove(job);
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
        leave(job);
        jobs.abandon(job, why);
      } else {
        job.avoidWorker(inbox.now());
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

  private @Nullable HeldJob at(String worker, JobId id, int attempt) {
    HeldJob job = jobs.find(id);
    return job != null && job.isAt(worker, attempt) ? job : null;
  }

  private void withdraw(String worker, JobId job, int attempt) {
    inbox.send(worker, new JobPacket.Withdraw(inbox.address(), job, attempt));
  }

  private static Failure noAnswer() {
    return new Failure(
        Stage.SPEECH,
        FailureKind.UNAVAILABLE,
        "no speech worker finished a chunk in "
            + JobLimits.ATTEMPTS
            + " attempts: are the speech nodes overloaded, or their network?");
  }

  private static Failure noWorker() {
    return new Failure(
        Stage.SPEECH,
        FailureKind.UNAVAILABLE,
        "no speech worker has been seen for "
            + JobLimits.NO_WORKER.toSeconds()
            + " s: start one (role tts) in this JVM or its cluster");
  }
}
