package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.launcher.TurnWorld.Role;
import io.voicebus.launcher.TurnWorld.Shape;
import io.voicebus.launcher.TurnWorld.Voices;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two workers, each with a line of two engines, of which the first one fails, in virtual time: a
 * turn changes its voice once at most, and only where the first one has failed twice at one chunk.
 * A failing world names its seed; {@code -Dvoices.worlds} says how many there are.
 */
class OneVoiceTest {
  private static final int WORLDS = Integer.getInteger("voices.worlds", 30);
  private static final int TURNS = 12;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void workersOfWhichOneDoesWithoutAnEngineSpeakATurnInOneVoice(boolean near) {
    // given: what one worker asks of its first engine fails, until it leaves that alone
    TurnWorld world = new TurnWorld(1, new Shape(near, Voices.FALLBACK));
    WorldVoice failing = world.voices(0).get(0);
    failing.fails(() -> OptionalInt.of(0));
    List<WorldTurn> turns = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      turns.add(world.say(text(i)));
    }
    turns.forEach(turn -> ended(world, turn));
    failing.fails(OptionalInt::empty);
    // when
    List<WorldTurn> later = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      later.add(world.say(text(i)));
    }
    // then
    for (WorldTurn turn : later) {
      ended(world, turn);
      turn.heardWhole();
      assertThat(turn.voices()).hasSize(1);
    }
  }

  @Test
  void whateverFailsAtWhicheverWorkerTheVoiceChangesOnceAtMost() {
    for (long seed = 0; seed < WORLDS; seed++) {
      try {
        run(seed, false);
      } catch (Throwable e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  @Test
  void norDoesItWhenAPlaybackOrAWorkerDies() {
    for (long seed = 0; seed < WORLDS; seed++) {
      try {
        run(seed, true);
      } catch (Throwable e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  private static void run(long seed, boolean dies) {
    // given
    Random random = new Random(~seed);
    TurnWorld world = new TurnWorld(seed, new Shape(random.nextBoolean(), Voices.FALLBACK));
    int percent = 5 + random.nextInt(40);
    for (int worker = 0; worker < 2; worker++) {
      world
          .voices(worker)
          .get(0)
          .fails(
              () ->
                  random.nextInt(100) < percent
                      ? OptionalInt.of(random.nextInt(2) * random.nextInt(12))
                      : OptionalInt.empty());
    }
    if (dies) {
      Role victim = random.nextBoolean() ? Role.PLAYBACK : Role.TTS;
      world.atPacket(
          random.nextInt(2_000), () -> world.nodes(victim).get(random.nextInt(2)).kill());
    }
    // when
    List<WorldTurn> turns = new ArrayList<>();
    for (int i = 0; i < TURNS; i++) {
      turns.add(world.say(text(i)));
      world.bus.run(Duration.ofMillis(random.nextInt(1_500)));
    }
    // then
    for (WorldTurn turn : turns) {
      ended(world, turn);
      turn.heardWhole();
      assertThat(turn.voices()).hasSizeBetween(1, 2);
    }
    if (turns.stream().anyMatch(turn -> turn.voices().length() > 1)) {
      Map<String, Integer> failures = new HashMap<>();
      for (int worker = 0; worker < 2; worker++) {
        world
            .voices(worker)
            .get(0)
            .failures()
            .forEach((at, n) -> failures.merge(at, n, Integer::sum));
      }
      assertThat(failures.values()).anyMatch(times -> times > 1);
    }
  }

  private static void ended(TurnWorld world, WorldTurn turn) {
    world.bus.until(() -> turn.ended() != null, PATIENCE);
  }

  private static String text(int turn) {
    return WorldTurn.text(new Random(turn), 60);
  }
}
