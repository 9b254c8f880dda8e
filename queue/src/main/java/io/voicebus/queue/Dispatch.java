package io.voicebus.queue;

import io.voicebus.bus.Bus;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Inbox;
import io.voicebus.bus.Limits;
import io.voicebus.bus.Link;
import io.voicebus.bus.Message;
import io.voicebus.bus.Recent;
import io.voicebus.bus.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Decides which job with room is offered to which worker: the most urgent job first, to the worker
 * of the turn's last chunk, else to the better one of two. Wants, recalls and deadlines make this
 * fast when many holders compete. NOT thread safe.
 */
final class Dispatch {
  /** The outcomes of a job. */
  interface Jobs {
    void done(HeldJob job);

    /** The attempt failed, and the failure may pass: the job is tried again. */
    void again(HeldJob job, Failure why);

    /** The job has failed for good. */
    void abandon(HeldJob job, Failure why);
  }

  /** How many jobs that must not go to the only worker with room are passed over at a time. */
  private static final int MAX_PASSED_OVER = 16;

  /** The reason why a due job waits, unless a worker says more. */
  private static final String FULL = "no speech worker has had room for it yet";

  private final Inbox inbox;
  private final JobHolder.Client client;
  private final Jobs jobs;
  private final KnownWorkers workers;
  private final Wanted wanted;
  private final AnswerTime answers = new AnswerTime();
  private final TreeSet<HeldJob> ready = new TreeSet<>(HeldJob.MOST_URGENT);

  /** Accepted and waiting: not begun, as far as is known. */
  private final TreeSet<HeldJob> waiting = new TreeSet<>(HeldJob.MOST_URGENT);

  /** The worker that spoke a turn's last chunk: an unchanged voice sounds better. */
  private final Recent<String, String> lastWorkers = new Recent<>(JobLimits.REMEMBERED);

  private Bus.@Nullable Timer lookTimer;
  private long aloneNanos;

  Dispatch(Inbox inbox, JobHolder.Client client, Random random, Jobs jobs) {
    this.inbox = inbox;
    this.client = client;
    this.jobs = jobs;
    this.workers = new KnownWorkers(random);
    this.wanted = new Wanted(inbox, workers);
    inbox.onPacket(JobPacket.SlotKept.class, this::onSlotKept);
    inbox.onPacket(JobPacket.WorkerBeat.class, this::onBeat);
  }

  /** There is room for the job's result. */
  void add(HeldJob job) {
    ready.add(job);
    assign();
  }

  /** The job is no longer offered, and no longer at a worker. */
  void leave(HeldJob job) {
    if (job.state() == HeldJob.State.OFFERED) {
      workers.answered(job.worker());
    }
    waiting.remove(job);
    ready.remove(job);
    lookAgain();
  }

  /**
   * The job should not begin now: a worker at which it waits is asked to return it.
   *
   * @return whether it was not offered yet, and waits for room again
   */
  boolean withhold(HeldJob job) {
    if (job.state() == HeldJob.State.READY) {
      leave(job);
      job.withheld();
      return true;
    }
    if (waiting.remove(job)) {
      job.recall();
    }
    return false;
  }

  /** The turn is over. */
  void forget(String turn) {
    lastWorkers.remove(turn);
  }

  // Offers.

  /** Offers the ready jobs, the most urgent first, while a worker has room. */
  private void assign() {
    List<HeldJob> passedOver = new ArrayList<>();
    while (!ready.isEmpty()
        && workers.anyFree(inbox.now())
        && passedOver.size() < MAX_PASSED_OVER) {
      HeldJob job = ready.first();
      String worker =
          workers.choose(
              lastWorkers.getOrDefault(job.job.id().turn(), ""),
              job.avoided(inbox.now()),
              job.wasUnanswered(),
              inbox.now());
      if (worker == null || (passedOver.isEmpty() && waitsElsewhere(worker))) {
        ready.remove(job);
        passedOver.add(job);
      } else {
        offer(job, worker);
      }
    }
    ready.addAll(passedOver);
    lookAgain();
  }

  /**
   * Whether the most urgent job should wait for the next slot of the two workers that know of it,
   * and not for the next slot of this worker, which has none free.
   */
  private boolean waitsElsewhere(String worker) {
    return wanted.isWanted(inbox.now()) && !workers.idle(worker, inbox.now());
  }

  private void offer(HeldJob job, String worker) {
    ready.remove(job);
    int attempt = job.offered(worker);
    workers.offered(worker);
    Message payload = client.payload(job.job, attempt);
    long timeout = answers.timeoutNanos();
    long offeredAt = inbox.now();
    inbox
        .linkTo(
            worker,
            new JobOffer(
                job.job.id(), attempt, JobLimits.neededInMs(offeredAt, job.dueAt()), payload),
            Duration.ofNanos(timeout))
        .onSuccess(link -> accepted(job, attempt, link, inbox.now() - offeredAt))
        .onFailure(
            why ->
                refused(
                    job,
                    worker,
                    attempt,
                    Failure.of(Stage.SPEECH, why),
                    inbox.now() - offeredAt >= timeout));
  }

  private void accepted(HeldJob job, int attempt, Link link, long answerNanos) {
    answers.answered(answerNanos);
    if (!job.isOffered(attempt)) {
      link.fail(JobHolder.withdrawn());
      heard(link.peer(), link.room());
      return;
    }
    workers.answered(link.peer());
    lastWorkers.put(job.job.id().turn(), link.peer());
    job.taken(link, inbox.now());
    job.watch(inbox, () -> stuck(job));
    waits(job, "");
    // A worker that takes a job into its last place does not begin it at once.
    if (link.room() == 0) {
      waiting.add(job);
    }
    link.in().handler(item -> onItem(job, link, item));
    link.in().endHandler(ended -> onEnd(job, link));
    link.onFailure(why -> onFailure(job, link, why));
    heard(link.peer(), link.room());
  }

  private void refused(HeldJob job, String worker, int attempt, Failure why, boolean silent) {
    boolean full = why.kind() == FailureKind.RATE_LIMITED;
    if (silent) {
      answers.silent();
    }
    workers.full(worker);
    if (job.isOffered(attempt)) {
      workers.answered(worker);
      if (!full) {
        job.avoidWorker(inbox.now());
      }
      job.refused(JobLimits.dueAt(inbox.now(), client.neededInMs(job.job)), silent);
      ready.add(job);
    }
    assign();
  }

  /**
   * A worker has reserved a slot for this holder: the most urgent job that may go there gets it, or
   * another holder.
   */
  private void onSlotKept(JobPacket.SlotKept kept) {
    wanted.answered(kept.from());
    workers.heard(kept.from(), kept.slots(), inbox.now());
    if (workers.asked(kept.from())) {
      // That offer is still under way, and takes the place.
      return;
    }
    for (HeldJob job : ready) {
      if (!job.avoided(inbox.now()).equals(kept.from())) {
        offer(job, kept.from());
        assign();
        return;
      }
    }
    inbox.send(kept.from(), new JobPacket.Pass(inbox.address()));
  }

  /**
   * While jobs wait for workers, looks again from time to time, and fails them if there are no
   * workers.
   */
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
      wanted.want(ready.first().dueAt());
    }
    if (lookTimer == null) {
      lookTimer = inbox.after(Limits.HEARTBEAT.toNanos(), this::look);
    }
  }

  private void look() {
    lookTimer = null;
    workers.prune(inbox.now());
    // Counted in looks, so that a late timer does not fail jobs.
    aloneNanos = workers.none() ? aloneNanos + Limits.HEARTBEAT.toNanos() : 0;
    if (aloneNanos >= JobLimits.NO_WORKER.toNanos()) {
      List.copyOf(ready).forEach(job -> jobs.abandon(job, noWorker()));
    }
    for (HeldJob job : ready) {
      if (job.dueAt() - inbox.now() > 0) {
        break;
      }
      if (!job.isWaiting()) {
        waits(job, FULL);
      }
    }
    assign();
  }

  // What workers say.

  private void onBeat(JobPacket.WorkerBeat beat) {
    heard(beat.from(), beat.slots());
    if (!beat.waits().isEmpty()) {
      // Jobs that wait at this worker, behind those, wait for the same.
      for (HeldJob job : waiting) {
        if (job.worker().equals(beat.from())) {
          waits(job, beat.waits());
        }
      }
      for (HeldJob job : ready) {
        if (job.dueAt() - inbox.now() > 0) {
          break; // the jobs after it are not due either
        }
        waits(job, beat.waits());
      }
    }
  }

  private void waits(HeldJob job, String why) {
    if (job.waits(why)) {
      client.waits(job.job, why);
    }
  }

  private void heard(String worker, int slots) {
    workers.heard(worker, slots, inbox.now());
    assign();
    if (ready.isEmpty() && workers.idle(worker, inbox.now())) {
      recallFor(worker);
    }
  }

  /** There is nothing to offer to an idle worker except jobs that wait at a busy one. */
  private void recallFor(String idle) {
    for (HeldJob job : waiting) {
      if (!job.worker().equals(idle) && !job.avoided(inbox.now()).equals(idle)) {
        waiting.remove(job);
        job.recall();
        return;
      }
    }
  }

  private void onItem(HeldJob job, Link link, Message item) {
    if (!job.isAt(link)) {
      return;
    }
    waiting.remove(job);
    if (item instanceof JobDone done) {
      job.done(done);
      heard(link.peer(), done.slots());
    } else if (item instanceof JobWaits told) {
      waits(job, told.why());
    } else {
      job.moved(inbox.now());
      client.piece(job.job, item);
    }
  }

  /** The worker has ended the link: it has done the job, or returns it. */
  private void onEnd(HeldJob job, Link link) {
    if (!job.isAt(link)) {
      return;
    }
    if (job.isDone()) {
      leave(job);
      jobs.done(job);
    } else {
      job.handedBack();
      again(job, JobHolder.noAnswer());
      // A worker that has returned a job gets no offer until it reports again.
      heard(link.peer(), 0);
    }
  }

  private void onFailure(HeldJob job, Link link, Failure why) {
    if (!job.isAt(link)) {
      return;
    }
    if (why.stage() == Stage.OWNER && why.kind() != FailureKind.INTERNAL) {
      // Its node died, or stops.
      workers.forget(link.peer());
      job.avoidWorker(inbox.now());
      again(job, JobHolder.noAnswer());
    } else if (why.kind() == FailureKind.CANCELLED) {
      again(job, why);
    } else if (!why.kind().retryable()
        || job.failedTooOften(why.kind(), client.neededInMs(job.job), inbox.now())) {
      leave(job);
      jobs.abandon(job, why);
    } else {
      job.avoidWorker(inbox.now());
      again(job, why);
      if (job.restNanos(inbox.now()) > 0 && client.neededInMs(job.job) == 0) {
        waits(job, why.detail());
      }
    }
  }

  /** A job without progress must not block those after it; if no worker is idle, it waits. */
  private void stuck(HeldJob job) {
    if (workers.idleBut(job.worker(), inbox.now())) {
      job.reissued();
      job.avoidWorker(inbox.now());
      again(job, JobHolder.noAnswer());
    }
  }

  private void again(HeldJob job, Failure why) {
    leave(job);
    waits(job, "");
    jobs.again(job, why);
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
