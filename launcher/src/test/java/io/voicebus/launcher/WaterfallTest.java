package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.turn.TurnTimings;
import org.junit.jupiter.api.Test;

class WaterfallTest {
  private static final long MS = 1_000_000;

  @Test
  void eachMilestoneBeginsWhereTheOneBeforeItWasReached() {
    assertThat(Waterfall.of(new TurnTimings(100 * MS, 150 * MS, 200 * MS, 200 * MS, 400 * MS)))
        .containsExactly(
            "  first text     |##########                              |     100.0 ms  +100.0",
            "  first sentence |          #####                         |     150.0 ms  +50.0",
            "  voice answers  |               #####                    |     200.0 ms  +50.0",
            "  first sound    |                    #                   |     200.0 ms  +0.0",
            "  end            |                    ####################|     400.0 ms  +200.0");
  }

  @Test
  void whatWasNotReachedIsLeftOut() {
    assertThat(Waterfall.of(new TurnTimings(100 * MS, -1, -1, -1, 400 * MS)))
        .hasSize(2)
        .anyMatch(line -> line.contains("first text"))
        .anyMatch(line -> line.contains("end"));
    assertThat(Waterfall.of(new TurnTimings(-1, -1, -1, -1, -1))).isEmpty();
    assertThat(Waterfall.of(new TurnTimings(0, 0, 0, 0, 0))).hasSize(5);
  }
}
