package io.voicebus.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.bus.Failure;
import io.voicebus.bus.SimNetwork;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The laws of the work queue, in many random worlds: bad networks, deaths and freezes at any point.
 * Every failing world is named by its seed.
 */
class WorkQueueLawsTest {
  private static final int WORLDS = Integer.getInteger("worlds", 400);

  private static final Map<String, Integer> SEEN = new TreeMap<>();

  private enum Fault {
    NONE,
    KILL,
    FREEZE,
    HANG
  }

  @TestFactory
  Iterable<DynamicTest> everyJobEndsOnceAndEveryUnitComesOnceInOrder() {
    Set<DynamicTest> tests = new LinkedHashSet<>();
    for (Fault fault : Fault.values()) {
      tests.add(
          DynamicTest.dynamicTest(
              "with " + WORLDS + " worlds and fault " + fault,
              () -> {
                for (long seed = 0; seed < WORLDS; seed++) {
                  try {
                    new World(seed, fault).run();
                  } catch (Throwable e) {
                    throw new AssertionError("seed " + seed + " with fault " + fault, e);
                  }
                }
                System.out.println(fault + ": " + SEEN);
                SEEN.clear();
              }));
    }
    return tests;
  }

  private record Held(SimHolder holder, int units) {}

  private static final class World {
    private final QueueWorld world;
    private final Random random;
    private final Fault fault;
    private final Map<JobId, Held> jobs = new HashMap<>();
    private final Map<String, SimHolder> holders = new HashMap<>();

    World(long seed, Fault fault) {
      this.world = new QueueWorld(seed);
      this.random = new Random(~seed);
      this.fault = fault;
    }

    private long millis(int bound) {
      return Duration.ofMillis(random.nextInt(bound)).toNanos();
    }

    private static SimNetwork.Weather weather(Random random) {
      return random.nextInt(4) == 0
          ? SimNetwork.Weather.FAIR
          : new SimNetwork.Weather(
              random.nextDouble() * 0.05,
              random.nextDouble() * 0.05,
              random.nextDouble() * 0.02,
              100_000,
              random.nextInt(4) == 0 ? 40_000_000 : 2_000_000);
    }

    void run() {
      // given
      world.network.weather(weather(random));
      for (int i = random.nextInt(3); i >= 0; i--) {
        world.addHolder(
            random.nextInt(3) == 0 ? Long.MAX_VALUE : 2000 + random.nextInt(20_000),
            random.nextInt(3) == 0 ? 0.01 : 0);
      }
      double failures = random.nextInt(3) == 0 ? 0.02 : 0;
      for (int i = random.nextInt(4); i >= 0; i--) {
        world.addWorker(
            1 + random.nextInt(3), Duration.ofMillis(1 + random.nextInt(120)), failures);
      }
      if (fault == Fault.HANG) {
        world.workers.forEach(worker -> worker.hangs(random.nextDouble() * 0.01));
      }
      for (int i = random.nextInt(6); i >= 0; i--) {
        beginTurn();
      }
      if (fault == Fault.KILL || fault == Fault.FREEZE) {
        for (int i = random.nextInt(4); i >= 0; i--) {
          strike();
        }
      }

      // when
      world.pass(Duration.ofMinutes(5));

      // then
      check();
      world.ends.values().forEach(end -> SEEN.merge(kind(end), 1, Integer::sum));
    }

    private static String kind(Object end) {
      return end instanceof JobReport report
          ? "done in attempts: " + report.attempts()
          : "abandoned: " + ((Failure) end).kind();
    }

    private void beginTurn() {
      SimHolder holder = world.holders.get(random.nextInt(world.holders.size()));
      String turn = world.begin(holder, false);
      holders.put(turn, holder);
      long at = millis(5000);
      for (int chunk = 0, chunks = 1 + random.nextInt(12); chunk < chunks; chunk++) {
        at += millis(300);
        int count = 1 + random.nextInt(30);
        JobId id = new JobId(turn, chunk);
        holder.node.after(
            at,
            () -> {
              if (!world.cancelled.contains(turn)) {
                world.hold(holder, turn, id.chunk(), count);
                jobs.put(id, new Held(holder, count));
              }
            });
      }
      if (random.nextInt(6) == 0) {
        world.clock.after(millis(15_000), () -> world.cancel(turn));
      }
    }

    private void strike() {
      int role = random.nextInt(3);
      SimNetwork.Node node =
          role == 0
              ? world.holders.get(random.nextInt(world.holders.size())).node
              : world.workers.get(random.nextInt(world.workers.size())).node;
      long at = millis(10_000);
      if (fault == Fault.KILL) {
        world.clock.after(
            at,
            () -> {
              node.kill();
              // Owners notice, and end the turns that have lost a stage.
              world.clock.after(
                  Duration.ofSeconds(2).toNanos(),
                  () ->
                      holders.forEach(
                          (turn, holder) -> {
                            if (holder.node.dead()) {
                              world.cancel(turn);
                            }
                          }));
            });
      } else {
        world.clock.after(at, node::freeze);
        world.clock.after(at + 1 + millis(random.nextBoolean() ? 400 : 8000), node::thaw);
      }
    }

    private void check() {
      assertThat(world.violations()).isEmpty();
      Set<JobId> expected = new HashSet<>();
      jobs.forEach(
          (id, held) -> {
            if (!world.cancelled.contains(id.turn()) && !held.holder().node.dead()) {
              expected.add(id);
              if (world.ends.get(id) instanceof JobReport && !held.holder().skipped(id)) {
                assertThat(held.holder().units(id)).as("units of %s", id).isEqualTo(held.units());
              }
            }
          });
      assertThat(world.ends.keySet()).as("jobs that ended").containsAll(expected);
      for (SimHolder holder : world.holders) {
        if (!holder.node.dead()) {
          assertThat(holder.jobs.held()).as("held").isZero();
          assertThat(holder.node.inbox().idle()).as("holder idle").isTrue();
        }
      }
      for (SimSpeech worker : world.workers) {
        if (!worker.node.dead()) {
          assertThat(worker.jobs.drain().isComplete()).as("worker drained").isTrue();
          worker.jobs.close();
          assertThat(worker.node.inbox().idle()).as("worker idle").isTrue();
        }
      }
      world.pass(Duration.ofSeconds(20));
      assertThat(world.clock.idle()).as("no timer left").isTrue();
    }
  }
}
