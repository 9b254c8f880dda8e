package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.bus.VirtualBus;
import io.voicebus.turn.TurnEvent.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The owner may die, too: in random worlds it is killed, frozen, cut off or stopped at any packet,
 * its client comes back at another one, and hears the rest. A failing world names its seed; {@code
 * -Dworlds} says how many there are.
 */
class OwnerWorldTest {
  private static final int WORLDS = Integer.getInteger("worlds", 120);

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

  /** Every word in order, once, but for so many that were broken and are heard again. */
  private static void assertHeard(OwnerWorld world, List<String> words, int broken) {
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

  /**
   * Every word in order: what the copy had not heard of yet is heard again, once, by a listener
   * that keeps what it has.
   */
  private static void assertHeardWithOneStepBack(OwnerWorld world, List<String> words) {
    List<String> heard = world.heardWords();
    int next = 0;
    int steps = 0;
    for (String word : heard) {
      if (next == words.size() || !word.equals(words.get(next))) {
        int back = words.indexOf(word);
        assertThat(back).as("%s in %s", word, heard).isBetween(Math.max(0, next - 12), next - 1);
        next = back;
        steps++;
      }
      next++;
    }
    assertThat(next).as("words heard; %s: %s", world.outcome(), heard).isEqualTo(words.size());
    assertThat(steps).as("steps back: %s", heard).isLessThanOrEqualTo(1);
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
                fault + (stored ? " for a client that has stored all, " : ", ") + WORLDS / 5,
                () -> {
                  for (long seed = 0; seed < WORLDS / 5; seed++) {
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
    OwnerWorld world = new OwnerWorld(seed);
    List<String> words = words(random);
    long away = Duration.ofMillis(random.nextInt(3000)).toNanos();
    world.atPacket(
        random.nextInt(random.nextBoolean() ? 60 : 500),
        () -> {
          strike(world, world.owner, fault, random);
          world.otherOwner.after(away, () -> world.comeBack(stored));
        });
    // when
    world.say(String.join(" ", words));
    Duration took =
        world.bus.until(
            () ->
                world.neverCopied()
                    || (world.ended() != null && (world.resumed() || world.owner.alive())),
            Duration.ofMinutes(5));
    // then
    assertThat(took).as(world.outcome()).isNotNull();
    if (world.neverCopied()) {
      assertThat(world.heardWords()).as("before its copy was made").containsExactly("");
      return;
    }
    if (stored) {
      assertHeardWithOneStepBack(world, words);
    } else {
      assertHeard(world, words, 1);
    }
    assertThat(world.outcome()).isEqualTo(Outcome.FINISHED.toString());
    world.bus.run(Duration.ofSeconds(40));
    assertThat(world.leftovers()).isEmpty();
    assertThat(world.otherTurns.active()).isZero();
    assertThat(world.owner.alive() ? world.turns.active() : 0).isZero();
  }

  private static void strike(OwnerWorld world, VirtualBus.Node victim, Fault fault, Random random) {
    long back = Duration.ofMillis(200 + random.nextInt(8000)).toNanos();
    switch (fault) {
      case NONE -> {}
      case KILL -> victim.kill();
      case FREEZE -> {
        victim.freeze();
        world.otherOwner.after(back, victim::thaw);
      }
      case CUT -> {
        victim.cutOff();
        world.otherOwner.after(back, victim::heal);
      }
      case STOP -> {
        if (victim == world.owner) {
          world.turns.close();
        }
        victim.inbox().close();
        victim.kill();
      }
    }
  }
}
