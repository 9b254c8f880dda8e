package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.bus.VirtualBus;
import io.voicebus.launcher.TurnWorld.Shape;
import io.voicebus.launcher.TurnWorld.Voices;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The owner may die, too: in random worlds it is killed, frozen, cut off or stopped at any packet,
 * its client comes back at another one, and hears the rest. A failing world names its seed; {@code
 * -Dworlds} says how many there are of each kind.
 */
class OwnerWorldTest {
  private static final int WORLDS = Integer.getInteger("worlds", 12);

  /** Words that a listener that keeps what it has hears again: the copy had not heard of them. */
  private static final int UNKNOWN_TO_COPY = 12;

  private enum Fault {
    NONE,
    KILL,
    FREEZE,
    CUT,
    STOP
  }

  /**
   * The owner is lost at any packet, and its client comes back at the other one with what it has.
   */
  @TestFactory
  List<DynamicTest> aTurnIsHeardWholeWhateverBecomesOfItsOwnerIfItsClientComesBack() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Fault fault : Fault.values()) {
      for (boolean stored : new boolean[] {false, true}) {
        tests.add(
            DynamicTest.dynamicTest(
                fault + (stored ? " for a client that has stored all, " : ", ") + WORLDS,
                () -> {
                  for (long seed = 0; seed < WORLDS; seed++) {
                    try {
                      loseOwner(seed, fault, stored);
                    } catch (Throwable e) {
                      throw new AssertionError("seed " + seed + ", " + fault + " " + stored, e);
                    }
                  }
                }));
      }
    }
    return tests;
  }

  private static void loseOwner(long seed, Fault fault, boolean stored) {
    // given
    Random random = new Random(~seed);
    Shape shape = Shape.any(random);
    TurnWorld world = new TurnWorld(seed, shape);
    VirtualBus.Node clock = world.bus.node("clock");
    WorldTurn[] turn = new WorldTurn[1];
    long away = Duration.ofMillis(random.nextInt(3000)).toNanos();
    world.atPacket(
        random.nextInt(random.nextBoolean() ? 60 : 500),
        () -> {
          strike(world, fault, random);
          clock.after(
              away,
              () -> {
                if (turn[0].ended() == null || !world.owner().alive()) {
                  turn[0].comeBack(world.otherTurns, stored);
                }
              });
        });
    // when
    WorldTurn said = world.say(WorldTurn.text(random, 60));
    turn[0] = said;
    world.bus.until(
        () ->
            said.neverCopied()
                || (said.ended() != null && (said.resumed() || world.owner().alive())),
        Duration.ofMinutes(5));
    // then
    if (said.neverCopied()) {
      assertThat(said.isHeard()).as("heard before its copy was made").isFalse();
      return;
    }
    int again = said.heardWhole();
    assertThat(again)
        .as("words that were heard again: %s", said.letters())
        .isLessThanOrEqualTo(shape.voices() == Voices.UNTIMED ? 20 : stored ? UNKNOWN_TO_COPY : 1);
    world.bus.run(Duration.ofSeconds(40));
    assertThat(world.leftovers()).isEmpty();
    assertThat(world.copies()).isZero();
    assertThat(world.owner().alive() ? world.turns.active() : 0).isZero();
  }

  /** Heartbeats of the pair of nodes count, though all turns of a node share them. */
  @Test
  void aCopyTakesFewMessagesOfATurn() {
    for (Voices voices : Voices.values()) {
      // given
      TurnWorld world = new TurnWorld(0, new Shape(false, voices));
      String holder = world.nodes(TurnWorld.Role.OWNER).get(1).name();
      int[] packets = {0, 0};
      int[] bytes = {0, 0};
      world.bus.tap(
          (to, packet) -> {
            int of = to.equals(holder) || packet.from().equals(holder) ? 0 : 1;
            packets[of]++;
            bytes[of] += VirtualBus.bytes(packet);
          });
      // when
      WorldTurn turn = world.say(WorldTurn.text(new Random(1), 60));
      world.bus.until(() -> turn.ended() != null, Duration.ofMinutes(1));
      // then
      turn.heardWhole();
      assertThat(packets[0]).as("packets of the copy, with %s", voices).isLessThan(packets[1] / 5);
      assertThat(bytes[0]).as("bytes of the copy, with %s", voices).isLessThan(bytes[1] / 20);
    }
  }

  private static void strike(TurnWorld world, Fault fault, Random random) {
    VirtualBus.Node victim = world.owner();
    VirtualBus.Node clock = world.bus.node("healer");
    long back = Duration.ofMillis(200 + random.nextInt(8000)).toNanos();
    switch (fault) {
      case NONE -> {}
      case KILL -> victim.kill();
      case FREEZE -> {
        victim.freeze();
        clock.after(back, victim::thaw);
      }
      case CUT -> {
        victim.cutOff();
        clock.after(back, victim::heal);
      }
      case STOP -> {
        world.turns.close();
        victim.inbox().close();
        victim.kill();
      }
    }
  }
}
