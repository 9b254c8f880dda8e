package io.voicebus.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TotalLimitTest {
  private final ManualTime time = new ManualTime();
  private final AtomicInteger reached = new AtomicInteger();
  private final TotalLimit limit =
      new TotalLimit(time, Duration.ofSeconds(10), reached::incrementAndGet);

  @Test
  void pausesDoNotCount() {
    // given
    limit.start();
    time.advance(Duration.ofSeconds(6));
    limit.stop();
    time.advance(Duration.ofMinutes(5));
    // when
    limit.start();
    time.advance(Duration.ofMillis(3_999));
    // then
    assertThat(reached).hasValue(0);
    time.advance(Duration.ofMillis(1));
    assertThat(reached).hasValue(1);
  }

  @Test
  void aLimitThatRunsIsNotStartedTwice() {
    limit.start();
    limit.start();
    time.advance(Duration.ofMinutes(1));
    assertThat(reached).hasValue(1);
  }

  @Test
  void nothingIsLeftOfALimitThatWasStopped() {
    limit.start();
    limit.stop();
    assertThat(time.waiting()).isZero();
  }
}
