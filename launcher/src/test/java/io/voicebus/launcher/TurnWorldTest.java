package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.bus.VirtualBus;
import io.voicebus.launcher.TurnWorld.Role;
import io.voicebus.launcher.TurnWorld.Shape;
import io.voicebus.launcher.TurnWorld.Voices;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Any stage may die: one party is killed, frozen, cut off or stopped, and the listener hears every
 * word, in order, once but the one that was broken. A failing world names its seed.
 *
 * <p>{@code -Dworlds} says how many random worlds there are of each kind; {@code -Dstride=1}
 * strikes a short turn at each of its packets, and not at each so many.
 */
class TurnWorldTest {
  private static final int WORLDS = Integer.getInteger("worlds", 4);
  private static final int STRIDE = Integer.getInteger("stride", 97);
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private enum Fault {
    NONE,
    KILL,
    FREEZE,
    CUT,
    STOP,
    DRAIN
  }

  /** The owner is the one party that a turn does not outlive. */
  private static boolean outlives(Role role, Fault fault) {
    return role != Role.OWNER || fault == Fault.FREEZE || fault == Fault.CUT;
  }

  private static void strike(
      TurnWorld world, VirtualBus.Node victim, Fault fault, Duration healedAfter) {
    switch (fault) {
      case NONE -> {}
      case KILL -> victim.kill();
      case FREEZE -> {
        victim.freeze();
        later(world, healedAfter, victim::thaw);
      }
      case CUT -> {
        victim.cutOff();
        later(world, healedAfter, victim::heal);
      }
      case STOP -> world.drain(victim, Duration.ZERO);
      case DRAIN -> world.drain(victim, Duration.ofSeconds(2));
    }
  }

  /** Somebody whom no fault strikes keeps the time. */
  private static void later(TurnWorld world, Duration time, Runnable task) {
    world.bus.node("clock").after(time.toNanos(), task);
  }

  private static void assertHeardAndNothingLeft(
      TurnWorld world, WorldTurn turn, Voices voices, int faults) {
    world.bus.until(() -> turn.ended() != null, PATIENCE);
    int again = turn.heardWhole();
    // Words of which a voice does not tell the ends are reckoned, on the late side.
    assertThat(again)
        .as("words that were heard again: %s", turn.letters())
        .isLessThanOrEqualTo(faults * (voices == Voices.UNTIMED ? 20 : 1));
    world.bus.run(Duration.ofSeconds(30));
    assertThat(world.leftovers()).isEmpty();
    assertThat(world.copies()).isZero();
    assertThat(world.turns.active()).isZero();
  }

  @TestFactory
  List<DynamicTest> aTurnIsHeardWholeWhateverBecomesOfOneOfItsStages() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Role role : Role.values()) {
      for (Fault fault : Fault.values()) {
        if (outlives(role, fault)) {
          tests.add(
              DynamicTest.dynamicTest(
                  role + " " + fault + ", " + WORLDS + " worlds",
                  () -> {
                    for (long seed = 0; seed < WORLDS; seed++) {
                      try {
                        run(seed, role, fault);
                      } catch (Throwable e) {
                        throw new AssertionError("seed " + seed + ", " + role + " " + fault, e);
                      }
                    }
                  }));
        }
      }
    }
    return tests;
  }

  private static void run(long seed, Role role, Fault fault) {
    // given
    Random random = new Random(~seed);
    Shape shape = Shape.any(random);
    TurnWorld world = new TurnWorld(seed, shape);
    world.atPacket(
        random.nextInt(random.nextBoolean() ? 60 : 500),
        () ->
            strike(
                world,
                busy(world.nodes(role), random),
                fault,
                Duration.ofMillis(200 + random.nextInt(role == Role.OWNER ? 3500 : 8000))));
    // when
    String text = WorldTurn.text(random, 60);
    WorldTurn turn = random.nextInt(3) == 0 ? world.feed(text, random) : world.say(text);
    // then
    assertHeardAndNothingLeft(world, turn, shape.voices(), 1);
  }

  @TestFactory
  List<DynamicTest> aTurnIsHeardWholeWhateverBecomesOfAWholeMachine() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Fault fault : Fault.values()) {
      tests.add(
          DynamicTest.dynamicTest(
              fault + ", " + 2 * WORLDS + " worlds",
              () -> {
                for (long seed = 0; seed < 2L * WORLDS; seed++) {
                  try {
                    runMachine(seed, fault);
                  } catch (Throwable e) {
                    throw new AssertionError("seed " + seed + ", " + fault, e);
                  }
                }
              }));
    }
    return tests;
  }

  private static void runMachine(long seed, Fault fault) {
    // given: all stages of one machine, where it is not the owner's
    Random random = new Random(~seed);
    Shape shape = Shape.any(random);
    TurnWorld world = new TurnWorld(seed, shape);
    List<VirtualBus.Node> machine = world.on(world.machine(shape.near() ? 1 : random.nextInt(2)));
    Duration healed = Duration.ofMillis(200 + random.nextInt(8000));
    world.atPacket(
        random.nextInt(500), () -> machine.forEach(node -> strike(world, node, fault, healed)));
    // when
    WorldTurn turn = world.say(WorldTurn.text(random, 60));
    // then
    assertHeardAndNothingLeft(world, turn, shape.voices(), 2);
  }

  @TestFactory
  List<DynamicTest> aTurnIsHeardWholeWhenTwoFaultsStrikeOneAfterTheOther() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Fault fault : new Fault[] {Fault.FREEZE, Fault.CUT}) {
      tests.add(
          DynamicTest.dynamicTest(
              fault + ", " + 5 * WORLDS + " worlds",
              () -> {
                for (long seed = 0; seed < 5L * WORLDS; seed++) {
                  try {
                    runTwo(seed, fault);
                  } catch (Throwable e) {
                    throw new AssertionError("seed " + seed + ", " + fault, e);
                  }
                }
              }));
    }
    return tests;
  }

  /** The second fault may hit the instance that has taken over. */
  private static void runTwo(long seed, Fault fault) {
    // given
    Random random = new Random(~seed);
    Shape shape = Shape.any(random);
    TurnWorld world = new TurnWorld(seed, shape);
    Role[] stages = {Role.GEMINI, Role.CHUNKER, Role.PLAYBACK, Role.TTS};
    world.atPacket(
        random.nextInt(300),
        () -> {
          strikeSome(world, stages, fault, random);
          later(
              world,
              Duration.ofMillis(random.nextInt(4000)),
              () -> strikeSome(world, stages, fault, random));
        });
    // when
    WorldTurn turn = world.say(WorldTurn.text(random, 60));
    // then
    assertHeardAndNothingLeft(world, turn, shape.voices(), 2);
  }

  private static void strikeSome(TurnWorld world, Role[] stages, Fault fault, Random random) {
    strike(
        world,
        busy(world.nodes(stages[random.nextInt(stages.length)]), random),
        fault,
        Duration.ofMillis(200 + random.nextInt(3000)));
  }

  private static VirtualBus.Node busy(List<VirtualBus.Node> instances, Random random) {
    return instances.stream()
        .filter(node -> !node.inbox().idle())
        .findFirst()
        .orElse(instances.get(random.nextInt(instances.size())));
  }

  @TestFactory
  List<DynamicTest> aShortTurnIsHeardWholeWhoeverIsStruckAtWhicheverPacket() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Voices voices : Voices.values()) {
      for (boolean near : new boolean[] {true, false}) {
        Shape shape = new Shape(near, voices);
        tests.add(DynamicTest.dynamicTest(shape.toString(), () -> strikeEach(shape)));
      }
    }
    return tests;
  }

  @TestFactory
  List<DynamicTest> nothingIsLeftOfATurnThatIsCancelledOrWhoseOwnerDiesAtWhicheverPacket() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Voices voices : Voices.values()) {
      for (boolean near : new boolean[] {true, false}) {
        Shape shape = new Shape(near, voices);
        tests.add(DynamicTest.dynamicTest(shape.toString(), () -> endEach(shape)));
      }
    }
    return tests;
  }

  private static void endEach(Shape shape) {
    int packets = packetsOf(shape);
    for (int packet = 0; packet < packets; packet += Math.max(1, STRIDE / 8)) {
      for (boolean dies : new boolean[] {true, false}) {
        TurnWorld world = new TurnWorld(0, shape);
        WorldTurn turn = world.say(shortText());
        world.atPacket(packet, dies ? () -> world.owner().kill() : turn::cancel);
        world.bus.run(Duration.ofSeconds(30));
        assertThat(dies || turn.ended() != null).as("an end").isTrue();
        assertThat(world.leftovers())
            .as("%s, %s at packet %d", shape, dies ? "the owner died" : "cancelled", packet)
            .isEmpty();
      }
    }
  }

  private static int packetsOf(Shape shape) {
    TurnWorld calm = new TurnWorld(0, shape);
    WorldTurn turn = calm.say(shortText());
    calm.bus.until(() -> turn.ended() != null, PATIENCE);
    return calm.packets();
  }

  private static void strikeEach(Shape shape) {
    TurnWorld calm = new TurnWorld(0, shape);
    int packets = packetsOf(shape);
    int begin = 0;
    for (int party = 0; party < calm.all().size(); party++) {
      for (Fault fault : new Fault[] {Fault.KILL, Fault.FREEZE, Fault.CUT}) {
        if (party > 0 || fault != Fault.KILL) {
          // Each party and fault begins at another packet, so that together they strike at all.
          for (int packet = begin++ % STRIDE; packet < packets; packet += STRIDE) {
            strikeOne(shape, party, fault, packet);
          }
        }
      }
    }
  }

  private static String shortText() {
    return WorldTurn.text(new Random(1), 12);
  }

  private static void strikeOne(Shape shape, int party, Fault fault, int packet) {
    TurnWorld world = new TurnWorld(0, shape);
    VirtualBus.Node victim = world.all().get(party);
    // A turn that has not begun waits no longer than 5 s for somebody whom it can reach.
    Duration healed = Duration.ofSeconds(fault == Fault.FREEZE || party == 0 ? 3 : 5);
    world.atPacket(packet, () -> strike(world, victim, fault, healed));
    WorldTurn turn = world.say(shortText());
    try {
      assertHeardAndNothingLeft(world, turn, shape.voices(), 1);
    } catch (Throwable e) {
      throw new AssertionError(shape + ", " + victim.name() + " " + fault + " at " + packet, e);
    }
  }
}
