package io.voicebus.queue;

import io.voicebus.bus.Failure;
import io.voicebus.bus.ManualClock;
import io.voicebus.bus.SimNetwork;
import io.voicebus.contract.Addresses;
import io.voicebus.contract.JobId;
import io.voicebus.contract.TextLength;
import io.voicebus.contract.TurnId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Holders, workers and receivers on a {@link SimNetwork}, and what became of every job. */
final class QueueWorld {
  final ManualClock clock = new ManualClock();
  final Random random;
  final SimNetwork network;
  final List<Holder> holders = new ArrayList<>();
  final List<SimSpeech> workers = new ArrayList<>();
  final List<SimReceiver> receivers = new ArrayList<>();

  /** How each job ended: a {@link JobReport} or a {@link Failure}. */
  final Map<JobId, Object> ends = new LinkedHashMap<>();

  private final List<String> violations = new ArrayList<>();
  final Map<JobId, Long> heldAt = new HashMap<>();
  final Map<JobId, Long> endedAt = new HashMap<>();
  final Set<TurnId> dropped = new HashSet<>();
  private int turns;

  QueueWorld(long seed) {
    random = new Random(seed);
    network = new SimNetwork(clock, random);
  }

  /** A chunker in little. */
  final class Holder implements JobHolder.Listener {
    final SimNetwork.Node node;
    final JobHolder jobs;

    Holder(SimNetwork.Node node) {
      this.node = node;
      node.listen(Addresses.WORKERS);
      jobs = new JobHolder(node.inbox(), this, random);
    }

    @Override
    public void done(Job job, JobReport report) {
      ended(job, report);
    }

    @Override
    public void abandoned(Job job, Failure why) {
      ended(job, why);
      receiver(job.receiver()).ifPresent(to -> to.node.execute(() -> to.skip(job.id())));
    }

    private void ended(Job job, Object how) {
      if (ends.put(job.id(), how) != null) {
        violations.add(job.id() + " ended twice");
      }
      endedAt.put(job.id(), clock.nanoTime());
    }
  }

  /** What broke a law. */
  List<String> violations() {
    List<String> all = new ArrayList<>(violations);
    receivers.forEach(receiver -> all.addAll(receiver.violations));
    return all;
  }

  private Optional<SimReceiver> receiver(String address) {
    return receivers.stream()
        .filter(receiver -> receiver.node.inbox().address().equals(address))
        .findFirst();
  }

  Holder addHolder() {
    Holder holder = new Holder(network.join("holder-" + holders.size()));
    holders.add(holder);
    return holder;
  }

  SimSpeech addWorker(int slots, Duration unit, double failures) {
    SimSpeech worker =
        new SimSpeech(
            network.join("worker-" + workers.size()), random, slots, unit.toNanos(), failures);
    workers.add(worker);
    return worker;
  }

  SimReceiver addReceiver(long lookaheadMs, double overruns) {
    SimReceiver receiver =
        new SimReceiver(
            network.join("receiver-" + receivers.size()), random, lookaheadMs, overruns);
    receivers.add(receiver);
    return receiver;
  }

  TurnId begin(SimReceiver receiver, boolean stalled) {
    TurnId turn = new TurnId("turn-" + turns++);
    receiver.begin(turn, stalled);
    return turn;
  }

  /** Gives a holder a job of so many units, estimated rightly. */
  JobId hold(Holder holder, SimReceiver receiver, TurnId turn, int chunk, int units) {
    JobId id = new JobId(turn, chunk);
    heldAt.put(id, clock.nanoTime());
    holder.jobs.hold(
        new Job(
            id,
            receiver.node.inbox().address(),
            (long) units * SimReceiver.UNIT_MS,
            new TextLength(units)));
    return id;
  }

  /** The owner cancels a turn: everybody who lives is told. */
  void drop(TurnId turn) {
    dropped.add(turn);
    holders.forEach(holder -> holder.node.execute(() -> holder.jobs.drop(turn)));
    receivers.forEach(receiver -> receiver.node.execute(() -> receiver.end(turn)));
  }

  void pass(Duration time) {
    clock.pass(time);
  }

  /** Lets time pass until all these jobs have ended, at most so long. */
  boolean passUntilEnded(Set<JobId> jobs, Duration atMost) {
    Duration step = Duration.ofMillis(1);
    for (Duration passed = Duration.ZERO;
        passed.compareTo(atMost) < 0;
        passed = passed.plus(step)) {
      if (ends.keySet().containsAll(jobs)) {
        return true;
      }
      clock.pass(step);
    }
    return ends.keySet().containsAll(jobs);
  }
}
