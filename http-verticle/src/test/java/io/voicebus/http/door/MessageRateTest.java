package io.voicebus.http.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MessageRateTest {
  private final MessageRate rate = new MessageRate(10, 3, 0);

  private static long ms(long ms) {
    return TimeUnit.MILLISECONDS.toNanos(ms);
  }

  @Test
  void allowsABurstAndThenSoManyASecond() {
    for (int i = 0; i < 3; i++) {
      assertThat(rate.accept(0)).isTrue();
    }
    assertThat(rate.accept(0)).isFalse();
    assertThat(rate.accept(ms(99))).isFalse();
    assertThat(rate.accept(ms(101))).isTrue();
    assertThat(rate.accept(ms(102))).isFalse();
  }

  @Test
  void savesUpNoMoreThanABurst() {
    for (int i = 0; i < 3; i++) {
      assertThat(rate.accept(ms(60_000))).isTrue();
    }
    assertThat(rate.accept(ms(60_000))).isFalse();
  }
}
