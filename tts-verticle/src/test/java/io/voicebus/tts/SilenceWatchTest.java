package io.voicebus.tts;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.bus.VirtualBus;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SilenceWatchTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** A second of sound at 16 kHz. */
  private static final int SECOND = 32_000;

  private final VirtualBus bus = new VirtualBus(1);
  private int silences;
  private final SilenceWatch watch =
      new SilenceWatch(bus.node("worker").inbox(), PATIENCE.toNanos(), () -> silences++);

  @Test
  void anEngineThatWorksAndSaysNothingIsSilent() {
    watch.working();
    bus.run(PATIENCE.minusMillis(1));
    assertThat(silences).isZero();
    bus.run(Duration.ofMillis(2));
    assertThat(silences).isOne();
  }

  @Test
  void soundIsASignOfLife() {
    // given
    watch.working();
    bus.run(Duration.ofSeconds(9));
    // when
    watch.heard(SECOND);
    bus.run(Duration.ofSeconds(9));
    // then
    assertThat(silences).isZero();
    bus.run(Duration.ofSeconds(2));
    assertThat(silences).isOne();
  }

  @Test
  void aByteNowAndThenIsNone() {
    watch.working();
    for (int second = 0; second < 11; second++) {
      watch.heard(2);
      bus.run(Duration.ofSeconds(1));
    }
    assertThat(silences).isOne();
  }

  @Test
  void aWaitForRoomIsNoSilence() {
    watch.working();
    bus.run(Duration.ofSeconds(9));
    watch.waits();
    bus.run(Duration.ofMinutes(5));
    assertThat(silences).isZero();
    watch.working();
    bus.run(PATIENCE.plusMillis(1));
    assertThat(silences).isOne();
  }

  @Test
  void afterTheEndNothingIsWatched() {
    watch.working();
    watch.close();
    watch.working();
    bus.run(Duration.ofMinutes(5));
    assertThat(silences).isZero();
  }
}
