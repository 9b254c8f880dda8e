package io.voicebus.tts.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SoonestTimerTest {
  private final SteppedDelays time = new SteppedDelays();
  private final List<Long> ranAtMs = new ArrayList<>();
  private final SoonestTimer timer =
      new SoonestTimer(time, time.clock(), () -> ranAtMs.add(time.clock().nanoTime() / 1_000_000));

  @Test
  void theTaskRunsOnceAtTheSoonestTime() {
    // given
    timer.in(300_000_000);
    timer.in(100_000_000);
    timer.in(200_000_000);
    assertThat(timer.isSet()).isTrue();
    // when
    time.advance(Duration.ofSeconds(1));
    // then
    assertThat(ranAtMs).containsExactly(100L);
    assertThat(timer.isSet()).isFalse();
  }

  @Test
  void itCanBeSetAgainBeforeAReplacedTimeHasPassed() {
    timer.in(300_000_000);
    timer.in(100_000_000);
    time.advance(Duration.ofMillis(150));
    timer.in(400_000_000);
    time.advance(Duration.ofSeconds(1));
    assertThat(ranAtMs).containsExactly(100L, 550L);
  }
}
