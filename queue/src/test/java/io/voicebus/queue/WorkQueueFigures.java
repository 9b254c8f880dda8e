package io.voicebus.queue;

import io.voicebus.bus.Packet;
import io.voicebus.bus.StreamPacket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Measures the work queue in virtual time. Durations leave out whatever the CPU would take. */
final class WorkQueueFigures {
  /** What links need beside their items; heartbeats are of pairs, and the same for any number. */
  private static final List<Class<? extends Packet>> CONTROL =
      List.of(
          StreamPacket.Confirm.class,
          StreamPacket.End.class,
          StreamPacket.Fail.class,
          StreamPacket.Closed.class,
          StreamPacket.Cancel.class);

  private static final long ALL_ROOM = Long.MAX_VALUE / 2;
  private static final Duration LONG = Duration.ofMinutes(30);

  private WorkQueueFigures() {}

  /**
   * Many jobs at once.
   *
   * @param makespan time until all were done, as a multiple of the least possible; NaN when jobs
   *     came bit by bit
   * @param refusals refused offers per job
   * @param packets packets of the work queue per job, signs of life left out
   */
  record Load(double makespan, double refusals, double packets) {
    @Override
    public String toString() {
      return String.format(
          "%s%.3f refusals and %.1f packets a job",
          Double.isNaN(makespan) ? "" : String.format("makespan %.2f of ideal, ", makespan),
          refusals,
          packets);
    }
  }

  /**
   * All jobs come at once, in turns of four chunks of one unit each.
   *
   * @param unitMs how long each worker takes for a job
   */
  static Load burst(long seed, int holders, int slots, int jobs, int... unitMs) {
    QueueWorld world = new QueueWorld(seed);
    for (int i = 0; i < holders; i++) {
      world.addHolder(ALL_ROOM, 0);
    }
    double jobsPerMs = 0;
    for (int ms : unitMs) {
      world.addWorker(slots, Duration.ofMillis(ms), 0);
      jobsPerMs += (double) slots / ms;
    }
    world.pass(Duration.ofSeconds(1));
    long begin = world.clock.nanoTime();
    Set<JobId> held = new HashSet<>();
    for (int i = 0; i < jobs / 4; i++) {
      SimHolder holder = world.holders.get(i % holders);
      String turn = world.begin(holder, false);
      for (int chunk = 0; chunk < 4; chunk++) {
        held.add(world.hold(holder, turn, chunk, 1));
      }
    }
    world.passUntilEnded(held, LONG);
    double took = (lastEnd(world, held) - begin) / 1e6;
    return load(world, jobs, took * jobsPerMs / jobs);
  }

  private static Load load(QueueWorld world, int jobs, double makespan) {
    long links = CONTROL.stream().mapToLong(world.network::sent).sum() + world.network.opens();
    long packets =
        links
            + world.network.sentOf(JobPacket.class)
            - world.network.sent(JobPacket.WorkerBeat.class);
    return new Load(makespan, (double) world.network.refusals() / jobs, (double) packets / jobs);
  }

  private static long lastEnd(QueueWorld world, Set<JobId> jobs) {
    long last = 0;
    for (JobId id : jobs) {
      last = Math.max(last, world.endedAt.getOrDefault(id, Long.MAX_VALUE));
    }
    return last;
  }

  /** Milliseconds from a worker's death until its chunk goes on: the worst of so many deaths. */
  static double redeliveryMs(int deaths) {
    double worst = 0;
    for (int seed = 0; seed < deaths; seed++) {
      QueueWorld world = new QueueWorld(seed);
      SimHolder holder = world.addHolder(ALL_ROOM, 0);
      world.addWorker(1, Duration.ofMillis(100), 0);
      world.addWorker(1, Duration.ofMillis(100), 0);
      world.pass(Duration.ofMillis(1000 + 7 * seed));
      String turn = world.begin(holder, false);
      JobId job = world.hold(holder, turn, 0, 50);
      world.pass(Duration.ofSeconds(1));
      SimSpeech victim = world.workers.get(world.workers.get(0).started > 0 ? 0 : 1);
      victim.node.kill();
      // Units under way still arrive.
      world.pass(Duration.ofMillis(1));
      int units = holder.units(job);
      int waited = 1;
      while (holder.units(job) == units && waited < 60_000) {
        world.pass(Duration.ofMillis(1));
        waited++;
      }
      worst = Math.max(worst, waited);
    }
    return worst;
  }

  /**
   * Milliseconds from the last unit before an attempt hangs until its chunk goes on elsewhere: the
   * worst of so many.
   */
  static double reissueMs(int hangs) {
    double worst = 0;
    for (int seed = 0; seed < hangs; seed++) {
      QueueWorld world = new QueueWorld(seed);
      SimHolder holder = world.addHolder(ALL_ROOM, 0);
      world.addWorker(1, Duration.ofMillis(20), 0);
      world.addWorker(1, Duration.ofMillis(20), 0);
      world.pass(Duration.ofMillis(1000 + 7 * seed));
      JobId job = world.hold(holder, world.begin(holder, false), 0, 50);
      world.pass(Duration.ofMillis(100 + 3 * seed));
      world.workers.forEach(worker -> worker.hangs(worker.started));
      world.pass(Duration.ofMillis(25));
      int units = holder.units(job);
      int waited = 25;
      while (holder.units(job) == units && waited < 60_000) {
        world.pass(Duration.ofMillis(1));
        waited++;
      }
      worst = Math.max(worst, waited);
    }
    return worst;
  }

  /**
   * Milliseconds until the first unit of new turns, the worst of ten, while others' chunks wait.
   * Turns are spread over the holders; 4 workers of 2 slots make 10 s of audio in 1 s.
   *
   * @param loaded turns of 20 chunks of 5 s that have just begun
   * @param stalled how many of them have listeners that never read
   * @param laterMs how long after those the first new turn begins
   */
  static double firstUnitMs(int holders, int loaded, int stalled, int laterMs) {
    QueueWorld world = new QueueWorld(7);
    for (int i = 0; i < holders; i++) {
      world.addHolder(20_000, 0);
    }
    for (int i = 0; i < 4; i++) {
      world.addWorker(2, Duration.ofMillis(10), 0);
    }
    world.pass(Duration.ofSeconds(1));
    for (int i = 0; i < loaded; i++) {
      speak(world, world.holders.get(i % holders), 20, i < stalled);
    }
    world.pass(Duration.ofMillis(laterMs));
    double worst = 0;
    for (int i = 0; i < 10; i++) {
      world.pass(Duration.ofMillis(777));
      long begin = world.clock.nanoTime();
      SimHolder holder = world.holders.get(i % holders);
      JobId first = speak(world, holder, 1, false);
      while (holder.firstUnitAt(first) < 0 && world.clock.nanoTime() - begin < 60e9) {
        world.pass(Duration.ofMillis(1));
      }
      worst = Math.max(worst, (holder.firstUnitAt(first) - begin) / 1e6);
    }
    return worst;
  }

  private static JobId speak(QueueWorld world, SimHolder holder, int chunks, boolean stall) {
    String turn = world.begin(holder, stall);
    for (int chunk = 0; chunk < chunks; chunk++) {
      world.hold(holder, turn, chunk, 50);
    }
    return new JobId(turn, 0);
  }

  /** A steady load of listeners at real time: each chunk of 5 s takes half a second to make. */
  static Load steady(int holders, int turns) {
    QueueWorld world = new QueueWorld(3);
    for (int i = 0; i < holders; i++) {
      world.addHolder(20_000, 0);
    }
    for (int i = 0; i < 4; i++) {
      world.addWorker(2, Duration.ofMillis(10), 0);
    }
    world.pass(Duration.ofSeconds(1));
    for (int i = 0; i < turns; i++) {
      world.pass(Duration.ofMillis(100));
      speak(world, world.holders.get(i % holders), 10, false);
    }
    world.passUntilEnded(new HashSet<>(world.heldAt.keySet()), LONG);
    return load(world, world.heldAt.size(), Double.NaN);
  }

  static List<String> report() {
    List<String> lines = new ArrayList<>();
    lines.add("burst, 1 holder, workers of 10/10/100 ms: " + burst(1, 1, 1, 400, 10, 10, 100));
    lines.add("burst, 8 holders, workers of 10/10/100 ms: " + burst(1, 8, 1, 400, 10, 10, 100));
    lines.add(
        "burst, 8 holders, 4 workers of 2 slots, 200 ms: "
            + burst(1, 8, 2, 400, 200, 200, 200, 200));
    lines.add(
        "burst, 20 holders, 8 workers of 2 slots, 200 ms: "
            + burst(1, 20, 2, 800, 200, 200, 200, 200, 200, 200, 200, 200));
    lines.add("steady, 4 holders, 40 listeners: " + steady(4, 40));
    lines.add("steady, 20 holders, 70 listeners: " + steady(20, 70));
    lines.add("worst redelivery after a worker's death: " + Math.round(redeliveryMs(100)) + " ms");
    lines.add(
        "worst time until a chunk whose attempt hangs goes on: "
            + Math.round(reissueMs(100))
            + " ms");
    lines.add("first unit of a new turn, idle: " + Math.round(firstUnitMs(4, 0, 0, 0)) + " ms");
    lines.add(
        "... 0.8 s after 40 turns of 20 chunks: " + Math.round(firstUnitMs(4, 40, 0, 0)) + " ms");
    lines.add("... 5 s after: " + Math.round(firstUnitMs(4, 40, 0, 5000)) + " ms");
    lines.add(
        "... 0.8 s after 40 that never read: " + Math.round(firstUnitMs(4, 40, 40, 0)) + " ms");
    lines.add("... 5 s after: " + Math.round(firstUnitMs(4, 40, 40, 5000)) + " ms");
    lines.add(
        "... 30 s after 100 that never read: "
            + Math.round(firstUnitMs(4, 100, 100, 30000))
            + " ms");
    return lines;
  }

  /** Prints the figures. */
  public static void main(String[] args) {
    report().forEach(System.out::println);
  }
}
