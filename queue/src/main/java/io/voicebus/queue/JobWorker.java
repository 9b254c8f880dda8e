package io.voicebus.queue;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.voicebus.bus.Bus;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Inbox;
import io.voicebus.bus.Limits;
import io.voicebus.bus.Link;
import io.voicebus.bus.Load;
import io.voicebus.bus.Stage;
import io.voicebus.bus.VoicebusException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The side of the work queue that does jobs. It accepts or refuses every offer at once, and begins
 * when the holder knows that it was accepted.
 *
 * <p>NOT thread safe: used on its inbox's context only.
 */
public final class JobWorker {
  private static final Logger LOG = LoggerFactory.getLogger(JobWorker.class);

  /** Does the jobs. */
  public interface Runner {
    /** Begins an attempt; must not block. An exception fails the attempt. */
    void start(Assignment assignment);
  }

  private record Kept(long dueAt, Bus.Timer timer) {}

  private final Inbox inbox;
  private final String workers;
  private final IntSupplier slots;
  private final BooleanSupplier behind;
  private final Runner runner;

  /** The jobs that run and those that wait for a slot, in the order in which they were accepted. */
  private final Set<TakenJob> taken = new LinkedHashSet<>();

  private final Wants wants = new Wants();

  /** Slots that are reserved for a moment, by the holder that they are reserved for. */
  private final Map<String, Kept> kept = new LinkedHashMap<>();

  private final Promise<Void> drained = Promise.promise();
  private final WorkerCounts counts;
  private int running;
  private boolean draining;
  private Bus.@Nullable Timer beatTimer;

  /**
   * A worker without jobs. Holders learn of it by {@link #beat}.
   *
   * @param workers the address at which holders hear of workers
   * @param slots how many jobs run at the same time, at least 1
   */
  public JobWorker(Inbox inbox, String workers, int slots, Runner runner) {
    this(inbox, workers, () -> slots, runner);
    if (slots < 1) {
      throw new IllegalArgumentException("a worker has at least one slot");
    }
  }

  /**
   * A worker whose number of slots changes.
   *
   * @param workers the address at which holders hear of workers
   * @param slots how many jobs may run at the same time now; {@link #slotsChanged} tells of more
   */
  public JobWorker(Inbox inbox, String workers, IntSupplier slots, Runner runner) {
    this(inbox, workers, slots, () -> false, runner);
  }

  /**
   * A worker whose begun jobs may be delayed.
   *
   * @param workers the address at which holders hear of workers
   * @param slots how many jobs may run at the same time now; {@link #slotsChanged} reports more
   * @param behind whether they are delayed: then the worker accepts offers, but others are better
   */
  public JobWorker(
      Inbox inbox, String workers, IntSupplier slots, BooleanSupplier behind, Runner runner) {
    this.inbox = inbox;
    this.slots = slots;
    this.behind = behind;
    this.workers = workers;
    this.runner = runner;
    this.counts = new WorkerCounts(inbox.meters());
    inbox.onLink(JobOffer.class, this::onOffer);
    inbox.onPacket(JobPacket.RollCall.class, call -> inbox.send(call.from(), status()));
    inbox.onPacket(JobPacket.Want.class, this::onWant);
    inbox.onPacket(JobPacket.Pass.class, pass -> release(pass.from()));
    inbox.room(this::told);
    inbox.load(() -> new Load(taken.size(), slots.getAsInt()));
  }

  /** There are more slots than before: waiting jobs may begin, and holders hear of the room. */
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
    count();
    inbox.publish(workers, status());
    beatTimer = inbox.after(Limits.HEARTBEAT.toNanos(), this::beat);
  }

  private JobPacket.WorkerBeat status() {
    return new JobPacket.WorkerBeat(inbox.address(), told(), waits());
  }

  /** Why begun jobs make no progress; empty if they do. */
  private String waits() {
    for (TakenJob job : taken) {
      if (!job.waits().isEmpty()) {
        return job.waits();
      }
    }
    return "";
  }

  /**
   * Accepts no more jobs.
   *
   * @return completes when all accepted jobs are over
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

  /** Stops, and returns its jobs at once, so that they are offered to other workers. */
  public void close() {
    takeNoMore();
    stopBeat();
    for (TakenJob job : List.copyOf(taken)) {
      remove(job);
      if (job.running) {
        job.link().fail(stopped());
      } else {
        job.link().out().end();
      }
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
        Stage.OWNER, FailureKind.UNAVAILABLE, "the speech worker was stopped; trying another one");
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

  /** How many more jobs it accepts. */
  private int free() {
    return draining
        ? 0
        : Math.max(0, slots.getAsInt() + JobLimits.WAITING - taken.size() - kept.size());
  }

  /**
   * The room that holders are told: a worker that is behind reports only room for waiting jobs, as
   * if it began nothing at once.
   */
  private int told() {
    return behind.getAsBoolean() ? Math.min(free(), JobLimits.WAITING) : free();
  }

  /** Accepts or refuses an offer at once; begins when the holder knows. */
  private void onOffer(JobOffer offer, Link link) {
    unkeep(link.peer());
    if (free() == 0) {
      keep();
      throw new VoicebusException(Stage.SPEECH, FailureKind.RATE_LIMITED, "no slot is free");
    }
    TakenJob job = new TakenJob(this, offer, link, now());
    taken.add(job);
    link.in()
        .handler(
            item -> {
              if (item instanceof Recall) {
                recalled(job);
              }
            });
    link.onFailure(gone -> cancelled(job));
    link.onConfirmed(
        () -> {
          job.confirmed = true;
          startMore();
        });
    keep();
    count();
  }

  /** Returns the job, unless it has begun. */
  private void recalled(TakenJob job) {
    if (taken.contains(job) && !job.running) {
      remove(job);
      job.link().out().end();
      job.withdraw();
      startMore();
    }
  }

  /** Its holder cancelled the job, or has died. */
  private void cancelled(TakenJob job) {
    remove(job);
    job.withdraw();
    startMore();
  }

  void finished(TakenJob job, long firstNanos, long totalNanos) {
    remove(job);
    job.link().tell(new JobDone(firstNanos, totalNanos, told()));
    job.link().out().end();
    startMore();
  }

  void failed(TakenJob job, Failure why) {
    remove(job);
    job.link().fail(why);
    inbox.send(job.link().peer(), status());
    startMore();
  }

  /** Frees the slot of an attempt. */
  private void remove(TakenJob job) {
    if (taken.remove(job) && job.running) {
      running--;
    }
    keep();
  }

  // Slots that are reserved for the holders of the most urgent jobs.

  private void onWant(JobPacket.Want want) {
    if (!draining) {
      wants.put(want.from(), JobLimits.dueAt(now(), want.neededInMs()), now());
      keep();
    }
  }

  /** Reserves each free slot for a moment for the holder of the most urgent want. */
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
      inbox.send(holder, new JobPacket.SlotKept(inbox.address(), told()));
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

  /** Whether all free slots are reserved for jobs that are more urgent than this. */
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
    count();
    if (draining && taken.isEmpty()) {
      drained.tryComplete();
    }
  }

  private void count() {
    counts.are(running, draining ? 0 : slots.getAsInt(), taken.size() - running);
  }

  private void startWaiting() {
    for (TakenJob next = nextToStart(); next != null; next = nextToStart()) {
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

  /**
   * The most urgent job that may begin; a job that is not confirmed yet occupies its slot all the
   * same.
   */
  private @Nullable TakenJob nextToStart() {
    TakenJob next = null;
    for (TakenJob job : taken) {
      if (job.confirmed && !job.running && (next == null || job.dueAt < next.dueAt)) {
        next = job;
      }
    }
    if (next == null || moreUrgentThan(next) >= slots.getAsInt() - running || keptFromJob(next)) {
      return null;
    }
    return next;
  }

  /**
   * How many waiting jobs are due before a job, or at the same time and were accepted before it.
   */
  private int moreUrgentThan(TakenJob job) {
    int count = 0;
    boolean before = true;
    for (TakenJob other : taken) {
      before &= other != job;
      if (!other.running && (other.dueAt < job.dueAt || (before && other.dueAt == job.dueAt))) {
        count++;
      }
    }
    return count;
  }
}
