package io.voicebus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LateTimersTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final VirtualBus bus = new VirtualBus(1);
  private final VirtualBus.Node node = bus.node("a");
  private int silences;

  private Bus.Timer start() {
    return LateTimers.after(node, PATIENCE.toNanos(), () -> silences++);
  }

  @Test
  void silenceIsFoundInTime() {
    start();
    bus.run(PATIENCE);
    assertThat(silences).isEqualTo(1);
  }

  @Test
  void aProcessThatStoodStillWaitsOnceMore() {
    // given
    start();
    node.freeze();
    bus.run(PATIENCE.multipliedBy(2));
    // when
    node.thaw();
    bus.run(PATIENCE.minusMillis(1));
    // then
    assertThat(silences).isZero();
    bus.run(Duration.ofMillis(1));
    assertThat(silences).isEqualTo(1);
  }

  @Test
  void aTimerThatWaitsOnceMoreCanBeCancelled() {
    Bus.Timer timer = start();
    node.freeze();
    bus.run(PATIENCE.multipliedBy(2));
    node.thaw();
    bus.run(Duration.ofSeconds(1));
    timer.cancel();
    bus.run(PATIENCE);
    assertThat(silences).isZero();
  }
}
