package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.bus.VirtualBus;
import io.voicebus.turn.TurnEvent.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Any stage may die: in many random worlds one party is killed, frozen, cut off or stopped at any
 * packet, and the listener hears every word, in order, once but the one that was broken. A failing
 * world names its seed; {@code -Dworlds} says how many there are.
 */
class TurnWorldTest {
  private static final int WORLDS = Integer.getInteger("worlds", 120);

  private enum Role {
    GEMINI,
    CHUNKER,
    PLAYBACK,
    TTS
  }

  private enum Fault {
    NONE,
    KILL,
    FREEZE,
    CUT,
    STOP
  }

  private static List<String> words(Random random) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      boolean ends = i % 9 == 8 || i == 59;
      words.add("w" + (100 + i) + "abcdef".substring(0, random.nextInt(6)) + (ends ? "." : ""));
    }
    return words;
  }

  @TestFactory
  List<DynamicTest> aTurnIsHeardWholeWhateverBecomesOfOneOfItsStages() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Role role : Role.values()) {
      for (Fault fault : Fault.values()) {
        tests.add(
            DynamicTest.dynamicTest(
                role + " " + fault + ", " + WORLDS / 10 + " worlds",
                () -> {
                  for (long seed = 0; seed < WORLDS / 10; seed++) {
                    try {
                      run(seed, role, fault);
                    } catch (Throwable e) {
                      throw new AssertionError("seed " + seed + ", " + role + " " + fault, e);
                    }
                  }
                }));
      }
    }
    return tests;
  }

  private static void run(long seed, Role role, Fault fault) {
    // given
    Random random = new Random(~seed);
    TurnWorld world = new TurnWorld(seed);
    List<String> words = words(random);
    world.atPacket(
        random.nextInt(random.nextBoolean() ? 60 : 500), () -> strike(world, role, fault, random));
    // when
    world.say(String.join(" ", words));
    Duration took = world.bus.until(() -> world.ended() != null, Duration.ofMinutes(5));
    // then
    assertThat(took).as(world.outcome()).isNotNull();
    assertHeard(world, words, 1);
    assertThat(world.ended()).isNotNull();
    assertThat(world.outcome()).isEqualTo(Outcome.FINISHED.toString());
    world.bus.run(Duration.ofSeconds(30));
    assertThat(world.leftovers()).isEmpty();
    assertThat(world.turns.active()).isZero();
  }

  /** Every word in order, once, but for so many that were broken and are heard again. */
  private static void assertHeard(TurnWorld world, List<String> words, int broken) {
    List<String> heard = world.heardWords();
    int next = 0;
    int repeated = 0;
    for (String word : heard) {
      if (next < words.size() && word.equals(words.get(next))) {
        next++;
      } else if (next > 0 && word.equals(words.get(next - 1))) {
        repeated++;
      } else {
        assertThat(heard).as("the words that were heard; %s", world.outcome()).isEqualTo(words);
      }
    }
    assertThat(next).as("words heard; %s: %s", world.outcome(), heard).isEqualTo(words.size());
    assertThat(repeated).as("words heard twice: %s", heard).isLessThanOrEqualTo(broken);
  }

  private static void strike(TurnWorld world, Role role, Fault fault, Random random) {
    List<VirtualBus.Node> instances =
        switch (role) {
          case GEMINI -> world.sources;
          case CHUNKER -> world.chunkers;
          case PLAYBACK -> world.playbacks;
          case TTS -> world.workers;
        };
    VirtualBus.Node victim =
        instances.stream()
            .filter(node -> !node.inbox().idle())
            .findFirst()
            .orElse(instances.get(random.nextInt(2)));
    long back = Duration.ofMillis(200 + random.nextInt(8000)).toNanos();
    switch (fault) {
      case NONE -> {}
      case KILL -> victim.kill();
      case FREEZE -> {
        victim.freeze();
        world.owner.after(back, victim::thaw);
      }
      case CUT -> {
        victim.cutOff();
        world.owner.after(back, victim::heal);
      }
      case STOP -> {
        victim.inbox().close();
        victim.kill();
      }
    }
  }

  @Test
  void aLinkBetweenPlaybackAndItsWorkersThatIsCutForThreeSecondsCostsNoWord() {
    for (long seed = 0; seed < 20; seed++) {
      TurnWorld world = new TurnWorld(seed);
      List<String> words = words(new Random(seed));
      world.say(String.join(" ", words));
      world.bus.run(Duration.ofMillis(300 + 50 * seed));
      cut(world, true);
      world.bus.run(Duration.ofSeconds(3));
      cut(world, false);
      world.bus.until(() -> world.ended() != null, Duration.ofMinutes(5));
      assertHeard(world, words, 1);
      assertThat(world.outcome()).as("seed %d", seed).isEqualTo(Outcome.FINISHED.toString());
    }
  }

  private static void cut(TurnWorld world, boolean broken) {
    for (VirtualBus.Node playback : world.playbacks) {
      world.bus.cut(playback, world.workers.get(0), broken);
    }
  }
}
