package io.voicebus.tts.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SignOfLifeTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final SignOfLife life = new SignOfLife();

  @Test
  void halfASecondOfSoundIsWorthWaitingTenMore() {
    assertThat(life.shownBy(7_999, PATIENCE)).isFalse();
    assertThat(life.shownBy(1, PATIENCE)).isTrue();
    assertThat(life.shownBy(1, PATIENCE)).isFalse();
  }

  @Test
  void aByteNowAndThenIsNot() {
    for (int seconds = 0; seconds < 1_000; seconds++) {
      assertThat(life.shownBy(2, PATIENCE)).isFalse();
    }
  }
}
