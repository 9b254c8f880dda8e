package io.voicebus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.bus.VirtualBus.Faults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/**
 * The laws of the links' streams, in random schedules: loss, doubling, delay and overtaking of
 * every kind of packet, death and freezing of either side at any time. A failure names its seed.
 */
class BusStreamLawsTest {
  private static final String QUEUE = "queue";
  private static final Duration TROUBLE = Duration.ofSeconds(6);

  /** As long as an open of the trouble may wait. */
  private static final Duration PEACE = Limits.OPEN_WITHIN;

  private static final Failure WHY = new Failure(Stage.TEXT, FailureKind.CANCELLED, "changed mind");

  @Test
  void holdWhileThePacketsOfOneKindAreLostDoubledAndLate() {
    forSeeds(
        300,
        (random, world) -> {
          List<Class<? extends Packet>> kinds = kinds();
          world.bus.faults(kinds.get(random.nextInt(kinds.size())), anyFaults(random, false));
        });
  }

  @Test
  void holdWhileAllPacketsAreLostDoubledAndLate() {
    forSeeds(200, (random, world) -> world.bus.faults(anyFaults(random, false)));
  }

  @Test
  void holdWhilePacketsOvertakeEachOther() {
    forSeeds(200, (random, world) -> world.bus.faults(anyFaults(random, true)));
  }

  @Test
  void holdWhenEitherSideIsKilled() {
    forSeeds(
        200,
        (random, world) -> {
          VirtualBus.Node victim = world.anyNode();
          world.at(random.nextInt(5000), victim::kill);
        });
  }

  @Test
  void holdWhenEitherSideIsFrozenForAWhile() {
    forSeeds(
        200,
        (random, world) -> {
          VirtualBus.Node victim = world.anyNode();
          int from = random.nextInt(4000);
          world.at(from, victim::freeze);
          world.at(from + 50 + random.nextInt(4000), victim::thaw);
        });
  }

  @Test
  void holdWhenEverythingGoesWrongAtOnce() {
    forSeeds(
        300,
        (random, world) -> {
          world.bus.faults(anyFaults(random, random.nextBoolean()));
          world.at(random.nextInt(5000), world.anyNode()::kill);
          VirtualBus.Node frozen = world.anyNode();
          int from = random.nextInt(4000);
          world.at(from, frozen::freeze);
          world.at(from + random.nextInt(3000), frozen::thaw);
          VirtualBus.Node stopped = world.anyNode();
          world.at(random.nextInt(6000), stopped.inbox()::close);
        });
  }

  private static void forSeeds(int runs, BiConsumer<Random, World> trouble) {
    long items = 0;
    for (long seed = 1; seed <= runs; seed++) {
      try {
        World world = new World(seed);
        trouble.accept(world.random, world);
        items += world.run();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      }
    }
    assertThat(items).as("the schedules do something").isGreaterThan(runs * 50L);
  }

  @SuppressWarnings("unchecked") // the permitted subclasses of a packet are packets
  private static List<Class<? extends Packet>> kinds() {
    List<Class<? extends Packet>> kinds = new ArrayList<>();
    for (Class<?> kind : StreamPacket.class.getPermittedSubclasses()) {
      kinds.add((Class<? extends Packet>) kind);
    }
    kinds.remove(StreamPacket.Unreadable.class);
    return kinds;
  }

  private static Faults anyFaults(Random random, boolean overtaking) {
    double scale = random.nextBoolean() ? 0.5 : 0.05;
    return new Faults(
        random.nextDouble() * scale,
        random.nextDouble() * scale,
        random.nextDouble() * scale,
        overtaking ? random.nextDouble() * scale : 0,
        Duration.ofMillis(1 + random.nextInt(random.nextBoolean() ? 30 : 1500)));
  }

  /** Some nodes, some streams between them, and everybody acting at random. */
  private static final class World {
    final Random random;
    final VirtualBus bus;
    final CreditLaw credit = new CreditLaw();
    final List<VirtualBus.Node> nodes = new ArrayList<>();
    final List<Trace> traces = new ArrayList<>();
    private final VirtualBus.Node fate;

    World(long seed) {
      random = new Random(seed);
      bus = new VirtualBus(seed);
      bus.tap(credit::see);
      fate = bus.node("fate");
      int count = 2 + random.nextInt(3);
      for (int i = 0; i < count; i++) {
        VirtualBus.Node node = bus.node("node-" + i);
        node.inbox().onLink(Hello.class, (h, link) -> accept(node, h, link));
        nodes.add(node);
      }
      bus.serve(QUEUE, nodes.toArray(VirtualBus.Node[]::new));
      int streams = 1 + random.nextInt(6);
      for (int i = 0; i < streams; i++) {
        int index = i;
        Trace trace = new Trace(anyNode());
        traces.add(trace);
        at(random.nextInt(1000), () -> open(trace, index));
      }
    }

    VirtualBus.Node anyNode() {
      return nodes.get(random.nextInt(nodes.size()));
    }

    void at(int ms, Runnable task) {
      fate.after(Duration.ofMillis(ms).toNanos(), task);
    }

    /** Does it on the node's own time: not while it is frozen, nor when it is dead. */
    private void on(VirtualBus.Node node, int ms, Runnable task) {
      node.after(Duration.ofMillis(ms).toNanos(), task);
    }

    private void open(Trace trace, int index) {
      String to = random.nextInt(4) == 0 ? anyNode().name() : QUEUE;
      trace
          .producer
          .inbox()
          .link(to, new Hello(Trace.name(index)), Pair.PATIENCE)
          .onSuccess(
              link -> {
                trace.opened(link);
                produce(trace, random.nextInt(120));
              })
          .onFailure(thrown -> trace.unopened = Failure.of(Stage.OWNER, thrown));
    }

    private void produce(Trace trace, int left) {
      if (left == 0) {
        if (random.nextInt(5) == 0) {
          trace.fail(WHY);
        } else {
          trace.end();
        }
        return;
      }
      for (int burst = 1 + random.nextInt(6); burst > 0; burst--) {
        trace.write(random.nextBoolean() ? 1 + random.nextInt(200) : random.nextInt(32_000));
      }
      on(trace.producer, random.nextInt(60), () -> produce(trace, left - 1));
    }

    private void accept(VirtualBus.Node node, Hello head, Link link) {
      int index = Integer.parseInt(head.name().substring("stream-".length()));
      if (random.nextInt(20) == 0) {
        throw WHY.toException();
      }
      Trace.Reader reader = new Trace.Reader(node, link);
      BusReadStream stream = reader.stream;
      traces.get(index).readers.add(reader);
      switch (random.nextInt(5)) {
        case 0 -> stream.pause();
        case 1 -> {
          stream.pause();
          sip(reader);
        }
        case 2 -> on(node, random.nextInt(3000), () -> cancel(reader));
        case 3 -> {
          on(node, random.nextInt(500), stream::pause);
          on(node, 500 + random.nextInt(500), stream::resume);
        }
        default -> {}
      }
      // In the end everybody reads, so that everything can end.
      on(node, (int) TROUBLE.toMillis() + random.nextInt(500), stream::resume);
    }

    private void sip(Trace.Reader reader) {
      reader.stream.fetch(1 + random.nextInt(3));
      on(reader.node, 1 + random.nextInt(20), () -> sipAgain(reader));
    }

    private void sipAgain(Trace.Reader reader) {
      if (!reader.over()) {
        sip(reader);
      }
    }

    private void cancel(Trace.Reader reader) {
      if (!reader.over()) {
        reader.cancelled = true;
        reader.link.fail(WHY);
      }
    }

    long run() {
      for (int i = 0; i < TROUBLE.toMillis(); i += 250) {
        bus.run(Duration.ofMillis(250));
        traces.forEach(trace -> trace.check(credit));
      }
      bus.faults(Faults.NONE);
      nodes.forEach(VirtualBus.Node::thaw);
      bus.run(PEACE);
      traces.forEach(trace -> trace.checkOver(credit));
      for (VirtualBus.Node node : nodes) {
        assertThat(!node.alive() || node.inbox().idle()).as("%s idle", node.name()).isTrue();
      }
      return credit.items();
    }
  }
}
