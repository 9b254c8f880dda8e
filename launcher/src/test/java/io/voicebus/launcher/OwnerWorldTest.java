package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.bus.Packet;
import io.voicebus.bus.StreamPacket;
import io.voicebus.bus.VirtualBus;
import io.voicebus.contract.CopiedFacts;
import io.voicebus.contract.PlayoutMark;
import io.voicebus.launcher.TurnWorld.Shape;
import io.voicebus.launcher.TurnWorld.Voices;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
  private static final int UNKNOWN_TO_COPY = 2;

  /** Words that are heard again at the beginning of a chunk; the last one before it may be. */
  private static final Map<Voices, Integer> AGAIN =
      Map.of(
          Voices.SAMPLES, 0,
          Voices.WORDS, 1,
          Voices.UNTIMED, 1,
          Voices.FALLBACK, 1,
          Voices.CACHE, 1);

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
            neverCopied(world, said)
                || (said.ended() != null && (said.resumed() || world.owner().alive())),
        Duration.ofMinutes(5));
    // then
    if (neverCopied(world, said)) {
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

  /**
   * Whether the owner is lost for good, and nobody else knows the turn. One that was only out of
   * sight does without a copy after a while, and its turn is heard there.
   */
  private static boolean neverCopied(TurnWorld world, WorldTurn said) {
    return said.neverCopied() && !world.owner().alive();
  }

  /**
   * What tells the copy that a chunk begins is still on its way when the owner is lost: nothing
   * that the listener has may be behind it.
   */
  @TestFactory
  List<DynamicTest> whatTheListenerHasIsNotSpokenAgainThoughTheCopyWasNotToldOfItsChunkInTime() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Voices voices : Voices.values()) {
      for (Fault fault : List.of(Fault.KILL, Fault.FREEZE, Fault.CUT)) {
        tests.add(
            DynamicTest.dynamicTest(
                voices + " " + fault,
                () -> {
                  for (int chunk = 0; chunk < 5; chunk++) {
                    for (int ms : new int[] {0, 5, 30, 90}) {
                      loseOwnerAtTheBeginningOf(chunk, voices, fault, Duration.ofMillis(ms));
                    }
                  }
                }));
      }
    }
    return tests;
  }

  private static void loseOwnerAtTheBeginningOf(
      int chunk, Voices voices, Fault fault, Duration later) {
    // given
    TurnWorld world = new TurnWorld(3, new Shape(false, voices));
    VirtualBus.Node owner = world.owner();
    VirtualBus.Node holder = world.nodes(TurnWorld.Role.OWNER).get(1);
    VirtualBus.Node clock = world.bus.node("clock");
    WorldTurn[] turn = new WorldTurn[1];
    world.bus.tap(
        (to, packet) -> {
          if (packet.from().equals(owner.name())
              && to.equals(holder.name())
              && begins(packet, chunk)) {
            world.bus.cutOneWay(owner, holder, true);
            clock.after(
                later.toNanos(),
                () -> {
                  strike(world, fault, new Random(chunk));
                  turn[0].loseConnection();
                  world.bus.cutOneWay(owner, holder, false);
                  clock.after(
                      Duration.ofSeconds(2).toNanos(),
                      () -> turn[0].comeBack(world.otherTurns, true));
                });
          }
        });
    // when
    WorldTurn said = world.say(WorldTurn.text(new Random(1), 60));
    turn[0] = said;
    world.bus.until(() -> said.ended() != null && said.resumed(), Duration.ofMinutes(2));
    // then
    assertThat(said.heardWhole())
        .as("chunk %d, lost %s later: words heard again in '%s'", chunk, later, said.letters())
        .isLessThanOrEqualTo(AGAIN.get(voices));
  }

  private static boolean begins(Packet packet, int chunk) {
    return packet instanceof StreamPacket.Data data
        && data.item() instanceof CopiedFacts facts
        && facts.facts().stream()
            .anyMatch(
                fact ->
                    fact.fact() instanceof PlayoutMark mark
                        && mark.kind() == PlayoutMark.Kind.CHUNK_START
                        && mark.chunk() == chunk);
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
      if (Boolean.getBoolean("figures")) {
        System.out.printf(
            "%s: the copy takes %d packets and %d bytes, all else %d and %d%n",
            voices, packets[0], bytes[0], packets[1], bytes[1]);
      }
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
