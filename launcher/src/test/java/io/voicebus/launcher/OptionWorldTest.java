package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.bus.VirtualBus;
import io.voicebus.launcher.TurnWorld.Options;
import io.voicebus.launcher.TurnWorld.Role;
import io.voicebus.launcher.TurnWorld.Shape;
import io.voicebus.launcher.TurnWorld.Voices;
import io.voicebus.launcher.TurnWorld.Weather;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every role in every fault, with options on and off at random: several engines, a hedge, the
 * speech cache, a model in place of the reader, seams, paces; and with voices that fail meanwhile.
 * Each turn ends once, and is heard whole unless it tells that it is not. A failing world names its
 * seed; {@code -Dworlds} says how many there are for each role and fault.
 */
class OptionWorldTest {
  private static final int WORLDS = Integer.getInteger("worlds", 4);
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private enum Fault {
    NONE(0),
    KILL(0),
    FREEZE_SHORT(3),
    FREEZE(12),
    FREEZE_LONG(40),
    CUT(5),
    DRAIN(0),
    /** A machine with all stages joins. */
    JOIN(0),
    /** All stages are replaced by new ones, one machine after the other. */
    ROLL(0);

    private final Duration healedAfter;

    Fault(int seconds) {
      healedAfter = Duration.ofSeconds(seconds);
    }
  }

  @TestFactory
  List<DynamicTest> aTurnIsHeardWholeOrSaysThatItIsNotWithWhicheverOptions() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Fault fault : Fault.values()) {
      for (Role role : Role.values()) {
        if (role == Role.OWNER || ofOneRole(fault)) {
          tests.add(
              DynamicTest.dynamicTest(
                  role + " " + fault + ", " + WORLDS + " worlds",
                  () -> {
                    for (long seed = 0; seed < WORLDS; seed++) {
                      run(seed, role, fault);
                    }
                  }));
        }
      }
    }
    return tests;
  }

  private static boolean ofOneRole(Fault fault) {
    return fault != Fault.NONE && fault != Fault.JOIN && fault != Fault.ROLL;
  }

  private static void run(long seed, Role role, Fault fault) {
    Random random = new Random(31 * seed + 7L * role.name().hashCode() + fault.name().hashCode());
    Voices[] voices = {Voices.SAMPLES, Voices.WORDS, Voices.UNTIMED};
    Shape shape =
        new Shape(random.nextBoolean(), voices[random.nextInt(voices.length)], Options.any(random));
    try {
      run(seed, shape, role, fault, random);
    } catch (Throwable e) {
      throw new AssertionError("seed " + seed + ", " + role + " " + fault + ", " + shape, e);
    }
  }

  private static void run(long seed, Shape shape, Role role, Fault fault, Random random) {
    // given: an engine that has spoken before is hedged, and what it said is kept
    TurnWorld world = new TurnWorld(seed, shape);
    String text = WorldTurn.text(random, 60);
    if (random.nextBoolean()) {
      WorldTurn before = world.say(random.nextBoolean() ? text : WorldTurn.text(random, 90));
      world.bus.until(() -> before.ended() != null, PATIENCE);
      before.heardOrTold();
      world.bus.run(Duration.ofSeconds(1));
    }
    WorldTurn[] turn = new WorldTurn[1];
    boolean stays = fault != Fault.KILL && fault != Fault.DRAIN && random.nextBoolean();
    boolean comesBack = role == Role.OWNER && ofOneRole(fault) && !stays;
    boolean stored = random.nextBoolean();
    Duration away = Duration.ofMillis(random.nextInt(3000));
    world.atPacket(
        world.packets() + random.nextInt(random.nextBoolean() ? 60 : 500),
        () -> {
          strike(world, role, fault, random);
          if (comesBack) {
            clock(world)
                .after(
                    away.toNanos(),
                    () -> {
                      if (turn[0].ended() == null || !world.owner().alive()) {
                        turn[0].comeBack(world.otherTurns, stored);
                      }
                    });
          }
        });
    // when
    boolean fed = !comesBack && random.nextInt(3) == 0;
    WorldTurn said = fed ? world.feed(text, random) : world.say(text);
    turn[0] = said;
    world.bus.until(
        () ->
            (said.neverCopied() && !world.owner().alive())
                || (said.ended() != null && (said.resumed() || world.owner().alive())),
        PATIENCE);
    // then
    if (said.neverCopied() && !world.owner().alive()) {
      return;
    }
    int again = said.heardOrTold();
    int failed = world.voicesFailed();
    if (shape.options().weather() == Weather.CALM
        || (shape.options().weather() == Weather.DEAD && shape.options().engines())) {
      said.heardWhole();
    }
    // Behind fail-over an engine goes on by its words, which only some tell.
    boolean untimed =
        shape.voices() == Voices.UNTIMED
            || (shape.voices() == Voices.SAMPLES && shape.options().engines());
    assertThat(again)
        .as("words that were heard again: %s", said.letters())
        .isLessThanOrEqualTo((untimed ? 20 : 2) + (untimed ? 20 : 2) * failed);
    boolean exact =
        shape.voices() == Voices.SAMPLES
            && !shape.options().engines()
            && !shape.options().seams()
            && said.outcome().equals("FINISHED");
    if (exact && failed == 0 && !said.resumed()) {
      assertThat(said.samples())
          .as("samples of '%s': '%s'", text, said.letters())
          .isEqualTo((text.length() + 1) * WorldVoice.SAMPLES_PER_LETTER);
    }
    said.heardTheSameLater();
    world.bus.run(Duration.ofSeconds(60));
    assertThat(world.leftovers()).isEmpty();
    assertThat(world.copies()).isZero();
    assertThat(world.owner().alive() ? world.turns.active() : 0).isZero();
  }

  private static VirtualBus.Node clock(TurnWorld world) {
    return world.bus.node("clock");
  }

  private static void strike(TurnWorld world, Role role, Fault fault, Random random) {
    VirtualBus.Node victim = role == Role.OWNER ? world.owner() : busy(world.nodes(role), random);
    switch (fault) {
      case NONE -> {}
      case KILL -> victim.kill();
      case FREEZE_SHORT, FREEZE, FREEZE_LONG -> {
        victim.freeze();
        clock(world).after(fault.healedAfter.toNanos(), victim::thaw);
      }
      case CUT -> {
        victim.cutOff();
        clock(world).after(fault.healedAfter.toNanos(), victim::heal);
      }
      case DRAIN -> {
        if (role == Role.OWNER) {
          world.turns.close();
          victim.inbox().close();
          victim.kill();
        } else {
          world.drain(victim, Duration.ofSeconds(2));
        }
      }
      case JOIN -> world.join("back2");
      case ROLL -> roll(world, 0);
    }
  }

  /** The next one leaves two seconds after its successor has come. */
  private static void roll(TurnWorld world, int machine) {
    world.join("back" + (machine + 2));
    for (VirtualBus.Node node : world.on(world.machine(machine))) {
      if (!world.nodes(Role.OWNER).contains(node)) {
        world.drain(node, Duration.ofSeconds(2));
      }
    }
    if (machine == 0) {
      clock(world).after(Duration.ofSeconds(4).toNanos(), () -> roll(world, 1));
    }
  }

  private static VirtualBus.Node busy(List<VirtualBus.Node> instances, Random random) {
    return instances.stream()
        .filter(node -> !node.inbox().idle())
        .findFirst()
        .orElse(instances.get(random.nextInt(instances.size())));
  }
}
