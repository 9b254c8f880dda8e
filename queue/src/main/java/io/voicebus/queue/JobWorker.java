package io.voicebus.queue;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.voicebus.bus.Bus;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Inbox;
import io.voicebus.bus.Limits;
import io.voicebus.bus.Load;
import io.voicebus.bus.Recent;
import io.voicebus.bus.Stage;
import io.voicebus.bus.StreamPacket;
import io.voicebus.bus.Tie;
import io.voicebus.contract.Addresses;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The work queue at one inbox that does jobs. It takes or refuses every offer at once, and repeats
 * its answer to a repeated offer, since it remembers the attempts that are over.
 *
 * <p>NOT thread safe: used on its inbox's context only.
 */
public final class JobWorker {
  private static final Logger LOG = LoggerFactory.getLogger(JobWorker.class);

  /** Who does the jobs. */
  public interface Runner {
    /** Begins an attempt; must not block. An exception fails the attempt. */
    void start(Assignment assignment);
  }

  private record Kept(long dueAt, Bus.Timer timer) {}

  private final Inbox inbox;
  private final IntSupplier slots;
  private final Runner runner;

  /** What is running, and what waits for a slot. */
  private final Map<StreamPacket.Lease, TakenJob> taken = new LinkedHashMap<>();

  private final Recent<StreamPacket.Lease, JobPacket> answers = new Recent<>(JobLimits.REMEMBERED);
  private final Wants wants = new Wants();

  /** Places kept for a moment, by the holder that they are for. */
  private final Map<String, Kept> kept = new LinkedHashMap<>();

  private final Promise<Void> drained = Promise.promise();
  private int running;
  private boolean draining;
  private Bus.@Nullable Timer beatTimer;

  /**
   * A worker with nothing to do. Holders learn of it by {@link #beat}.
   *
   * @param slots how many jobs run at the same time, at least 1
   */
  public JobWorker(Inbox inbox, int slots, Runner runner) {
    this(inbox, () -> slots, runner);
    if (slots < 1) {
      throw new IllegalArgumentException("a worker has at least one slot");
    }
  }

  /**
   * A worker whose number of slots changes.
   *
   * @param slots how many jobs may run at the same time now; {@link #slotsChanged} tells of more
   */
  public JobWorker(Inbox inbox, IntSupplier slots, Runner runner) {
    this.inbox = inbox;
    this.slots = slots;
    this.runner = runner;
    inbox.onJob(JobPacket.Offer.class, this::onOffer);
    inbox.onJob(JobPacket.Withdraw.class, this::onWithdraw);
    inbox.onJob(JobPacket.Recall.class, this::onRecall);
    inbox.onJob(
        JobPacket.RollCall.class,
        call -> inbox.send(call.from(), new JobPacket.WorkerBeat(inbox.address(), free())));
    inbox.onJob(JobPacket.Want.class, this::onWant);
    inbox.onJob(JobPacket.Pass.class, pass -> release(pass.from()));
    inbox.worker(this::leases, this::free);
    inbox.load(() -> new Load(taken.size(), slots.getAsInt()));
  }

  /** There are more slots than before: what waits may begin, and holders hear of the room. */
  public void slotsChanged() {
    if (draining) {
      return;
    }
    keep();
    startMore();
    if (free() > JobLimits.WAITING && beatTimer != null) {
      beat();
    }
  }

  /** Tells every holder that this worker exists, now and every {@link Limits#HEARTBEAT}. */
  public void beat() {
    stopBeat();
    inbox.publish(Addresses.WORKERS, new JobPacket.WorkerBeat(inbox.address(), free()));
    beatTimer = inbox.after(Limits.HEARTBEAT.toNanos(), this::beat);
  }

  /**
   * Takes no more.
   *
   * @return completes when all that was taken is over
   */
  public Future<Void> drain() {
    if (!draining) {
      takeNoMore();
      if (beatTimer != null) {
        beat();
      }
      startMore();
    }
    return drained.future();
  }

  /** Stops, and hands back at once what it was at, so that it is offered elsewhere. */
  public void close() {
    takeNoMore();
    stopBeat();
    for (TakenJob job : List.copyOf(taken.values())) {
      tellOver(
          job, free -> job.running ? failed(job.offer(), free, stopped()) : declined(job.offer()));
      job.withdraw();
    }
    startMore();
  }

  private void takeNoMore() {
    draining = true;
    wants.clear();
    List.copyOf(kept.keySet()).forEach(this::unkeep);
  }

  private static Failure stopped() {
    return new Failure(
        Stage.SPEECH, FailureKind.UNAVAILABLE, "the speech worker was stopped; trying another one");
  }

  private void stopBeat() {
    if (beatTimer != null) {
      beatTimer.cancel();
      beatTimer = null;
    }
  }

  long now() {
    return inbox.now();
  }

  /** How many more jobs it takes. */
  private int free() {
    return draining
        ? 0
        : Math.max(0, slots.getAsInt() + JobLimits.WAITING - taken.size() - kept.size());
  }

  private List<StreamPacket.Lease> leases(String holder) {
    List<StreamPacket.Lease> leases = new ArrayList<>();
    taken.forEach(
        (lease, job) -> {
          if (job.offer().from().equals(holder)) {
            leases.add(job.renewal());
          }
        });
    return leases;
  }

  private void onOffer(JobPacket.Offer offer) {
    unkeep(offer.from());
    StreamPacket.Lease lease = new StreamPacket.Lease(offer.job(), offer.attempt());
    JobPacket answer = answers.get(lease);
    if (answer == null && !taken.containsKey(lease)) {
      if (free() == 0) {
        answer = declined(offer);
        answers.put(lease, answer);
      } else {
        taken.put(lease, new TakenJob(this, offer, ties(lease, offer), now()));
      }
    }
    keep();
    inbox.send(offer.from(), answer == null ? taken(offer) : answer);
    startMore();
  }

  private List<Tie> ties(StreamPacket.Lease lease, JobPacket.Offer offer) {
    Runnable drop = () -> drop(lease);
    return List.of(inbox.watch(offer.from(), drop), inbox.watch(offer.receiver(), drop));
  }

  private JobPacket taken(JobPacket.Offer offer) {
    return new JobPacket.Taken(inbox.address(), offer.job(), offer.attempt(), free());
  }

  private JobPacket declined(JobPacket.Offer offer) {
    return new JobPacket.Declined(inbox.address(), offer.job(), offer.attempt(), free());
  }

  private void onWithdraw(JobPacket.Withdraw withdraw) {
    StreamPacket.Lease lease = new StreamPacket.Lease(withdraw.job(), withdraw.attempt());
    TakenJob job = taken.get(lease);
    if (job != null) {
      drop(lease);
    } else {
      // It may have overtaken its offer.
      answers.putIfAbsent(
          lease,
          new JobPacket.Declined(inbox.address(), withdraw.job(), withdraw.attempt(), free()));
    }
  }

  private void onRecall(JobPacket.Recall recall) {
    StreamPacket.Lease lease = new StreamPacket.Lease(recall.job(), recall.attempt());
    TakenJob job = taken.get(lease);
    if (job == null) {
      JobPacket answer = answers.get(lease);
      if (answer != null) {
        inbox.send(recall.from(), answer);
      }
    } else if (job.running) {
      inbox.send(recall.from(), taken(job.offer()));
    } else {
      tellOver(job, free -> declined(job.offer()));
      job.withdraw();
      startMore();
    }
  }

  private void drop(StreamPacket.Lease lease) {
    TakenJob job = taken.get(lease);
    if (job != null) {
      over(job, free -> declined(job.offer()));
      job.withdraw();
      startMore();
    }
  }

  void finished(TakenJob job, long firstNanos, long totalNanos) {
    JobPacket.Offer offer = job.offer();
    tellOver(
        job,
        free ->
            new JobPacket.Finished(
                inbox.address(), offer.job(), offer.attempt(), free, firstNanos, totalNanos));
    startMore();
  }

  void failed(TakenJob job, Failure why) {
    tellOver(job, free -> failed(job.offer(), free, why));
    startMore();
  }

  private JobPacket failed(JobPacket.Offer offer, int free, Failure why) {
    return new JobPacket.Failed(inbox.address(), offer.job(), offer.attempt(), free, why);
  }

  private void tellOver(TakenJob job, IntFunction<JobPacket> answer) {
    inbox.send(job.offer().from(), over(job, answer));
  }

  /** Frees the place of an attempt, and remembers what is answered to its offer from now on. */
  private JobPacket over(TakenJob job, IntFunction<JobPacket> answer) {
    if (taken.remove(job.lease()) != null && job.running) {
      running--;
    }
    keep();
    JobPacket packet = answer.apply(free());
    answers.put(job.lease(), packet);
    return packet;
  }

  // Places kept for those who want them most.

  private void onWant(JobPacket.Want want) {
    if (!draining) {
      wants.put(want.from(), JobLimits.dueAt(now(), want.neededInMs()), now());
      keep();
    }
  }

  /** Keeps each free place for a moment for the holder of the most urgent want. */
  private void keep() {
    while (free() > 0) {
      Wants.Want want = wants.poll(now());
      if (want == null) {
        return;
      }
      String holder = want.holder();
      unkeep(holder);
      kept.put(
          holder,
          new Kept(want.dueAt(), inbox.after(JobLimits.KEPT.toNanos(), () -> release(holder))));
      inbox.send(holder, new JobPacket.SlotKept(inbox.address(), free()));
    }
  }

  private void release(String holder) {
    unkeep(holder);
    keep();
    startMore();
  }

  private void unkeep(String holder) {
    Kept place = kept.remove(holder);
    if (place != null) {
      place.timer().cancel();
    }
  }

  /** Whether all free slots are kept for what is more urgent than this. */
  private boolean keptFromJob(TakenJob job) {
    int moreUrgent = 0;
    for (Kept place : kept.values()) {
      if (place.dueAt() < job.dueAt) {
        moreUrgent++;
      }
    }
    return moreUrgent >= slots.getAsInt() - running;
  }

  private void startMore() {
    startWaiting();
    if (draining && taken.isEmpty()) {
      drained.tryComplete();
    }
  }

  private void startWaiting() {
    while (running < slots.getAsInt()) {
      TakenJob next =
          taken.values().stream()
              .filter(job -> !job.running)
              .min(Comparator.comparingLong(job -> job.dueAt))
              .orElse(null);
      if (next == null || keptFromJob(next)) {
        return;
      }
      next.running = true;
      running++;
      try {
        runner.start(next);
      } catch (RuntimeException e) {
        LOG.error("{} could not start {}", inbox.address(), next.offer().job(), e);
        next.failed(Failure.of(Stage.SPEECH, e));
      }
    }
  }
}
