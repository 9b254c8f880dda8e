package io.voicebus.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A worker that was frozen has just thawed when the only other one is killed. Each has slots for
 * all: where chunks outnumber slots, one that is due also waits until another one is over.
 */
class ThawThenDeathTest {
  private static final int TURNS = 20;
  private static final int CHUNKS = 8;

  /** Of a chunk: 5 s, made in 3 s. */
  private static final int UNITS = 50;

  @ParameterizedTest
  @CsvSource({"400,0", "1000,5", "3000,0", "3000,5", "3000,200", "3000,1000", "9000,5"})
  void listenersHearNothingNoLongerThanAfterADeathAlone(int frozenMs, int afterMs) {
    for (int seed = 0; seed < 10; seed++) {
      assertThat(silenceMs(seed, frozenMs, afterMs)).as("seed %d", seed).isLessThan(2000);
    }
  }

  /** The longest time in which a turn's listener had nothing to hear. */
  private static int silenceMs(int seed, int frozenMs, int afterMs) {
    QueueWorld world = new QueueWorld(seed);
    SimHolder holder = world.addHolder(20_000, 0);
    SimSpeech first = world.addWorker(250, Duration.ofMillis(60), 0);
    SimSpeech second = world.addWorker(250, Duration.ofMillis(60), 0);
    world.pass(Duration.ofMillis(1000 + 7 * seed));
    List<String> turns = new ArrayList<>();
    for (int i = 0; i < TURNS; i++) {
      String turn = world.begin(holder, false);
      turns.add(turn);
      for (int chunk = 0; chunk < CHUNKS; chunk++) {
        world.hold(holder, turn, chunk, UNITS);
      }
    }
    world.pass(Duration.ofSeconds(1));
    first.node.freeze();
    world.pass(Duration.ofMillis(frozenMs));
    first.node.thaw();
    world.pass(Duration.ofMillis(afterMs));
    second.node.kill();
    int worst = 0;
    int[] silence = new int[TURNS];
    for (int ms = 0; ms < 60_000; ms++) {
      world.pass(Duration.ofMillis(1));
      for (int i = 0; i < TURNS; i++) {
        silence[i] = holder.starves(turns.get(i), CHUNKS) ? silence[i] + 1 : 0;
        worst = Math.max(worst, silence[i]);
      }
    }
    assertThat(world.violations()).isEmpty();
    assertThat(world.ends).hasSize(TURNS * CHUNKS);
    return worst;
  }
}
