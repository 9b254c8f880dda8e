package io.voicebus.queue;

import io.voicebus.bus.Failure;
import io.voicebus.bus.ManualClock;
import io.voicebus.bus.SimNetwork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Holders and workers on a {@link SimNetwork}, and what became of every job. */
final class QueueWorld {
  static final String WORKERS = "workers";
  static final String HOLDERS = "holders";

  final ManualClock clock = new ManualClock();
  final Random random;
  final SimNetwork network;
  final List<SimHolder> holders = new ArrayList<>();
  final List<SimSpeech> workers = new ArrayList<>();

  /** How each job ended: a {@link JobReport} or a {@link Failure}. */
  final Map<JobId, Object> ends = new LinkedHashMap<>();

  private final List<String> violations = new ArrayList<>();
  final Map<JobId, Long> heldAt = new HashMap<>();
  final Map<JobId, Long> endedAt = new HashMap<>();
  final Set<String> cancelled = new HashSet<>();
  private int turns;

  QueueWorld(long seed) {
    random = new Random(seed);
    network = new SimNetwork(clock, random);
  }

  void ended(Job job, Object how) {
    if (ends.put(job.id(), how) != null) {
      violations.add(job.id() + " ended twice");
    }
    endedAt.put(job.id(), clock.nanoTime());
  }

  /** What broke a law. */
  List<String> violations() {
    List<String> all = new ArrayList<>(violations);
    holders.forEach(holder -> all.addAll(holder.violations));
    return all;
  }

  SimHolder addHolder(long lookaheadMs, double overruns) {
    SimHolder holder =
        new SimHolder(
            this, network.join("holder-" + holders.size()), random, lookaheadMs, overruns);
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

  String begin(SimHolder holder, boolean stalled) {
    String turn = "turn-" + turns++;
    holder.begin(turn, stalled);
    return turn;
  }

  /** Gives a holder a job of so many units. */
  JobId hold(SimHolder holder, String turn, int chunk, int units) {
    JobId id = new JobId(turn, chunk);
    heldAt.put(id, clock.nanoTime());
    holder.hold(id, units);
    return id;
  }

  /** The owner cancels a turn: everybody who lives is told. */
  void cancel(String turn) {
    cancelled.add(turn);
    holders.forEach(holder -> holder.node.execute(() -> holder.end(turn)));
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
