package io.voicebus.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MetersTest {
  private static final Meter FAILURES = Meter.counter("x.failures", "Failures.", "engine", "kind");

  private final Meters meters = new Meters();

  private static Map<String, Long> values(Meters meters) {
    Map<String, Long> values = new TreeMap<>();
    meters.read(
        (meter, labels, value) ->
            values.put(meter.name() + (labels.isEmpty() ? "" : labels), value.sum()));
    return values;
  }

  @Test
  void eachSeriesCountsForItself() {
    meters.of(FAILURES, "a", "timeout").increment();
    meters.of(FAILURES, "a", "timeout").add(2);
    meters.of(FAILURES, "b", "quota").increment();
    assertThat(values(meters))
        .isEqualTo(Map.of("x.failures[a, timeout]", 3L, "x.failures[b, quota]", 1L));
  }

  @Test
  void whatHasTooManyLabelsIsCountedTogether() {
    for (int i = 0; i < Meters.MAX_SERIES + 50; i++) {
      meters.of(FAILURES, "engine-" + i, "timeout").increment();
    }
    assertThat(values(meters))
        .hasSize(Meters.MAX_SERIES + 1)
        .containsEntry("x.failures[other, other]", 50L);
  }

  @Test
  void aSeriesWithoutItsLabelsIsAMistake() {
    assertThatThrownBy(() -> meters.of(FAILURES, "a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("x.failures");
  }

  @Test
  void linksCountAtBothEndsUntilTheyAreOver() {
    // given
    VirtualBus bus = new VirtualBus(1);
    VirtualBus.Node one = bus.node("one");
    VirtualBus.Node other = bus.node("other");
    List<Link> taken = new ArrayList<>();
    other.inbox().onLink(Note.class, (head, link) -> taken.add(link));
    List<Link> opened = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      one.inbox()
          .linkTo(other.inbox().address(), new Note("hello"), Duration.ofSeconds(1))
          .onSuccess(opened::add);
    }
    bus.run(Duration.ofMillis(50));
    assertThat(values(one.meters())).containsEntry("voicebus.bus.links", 3L);
    assertThat(values(other.meters())).containsEntry("voicebus.bus.links", 3L);
    // when: one ends, one fails, and the other node is killed with the third
    opened.get(0).out().end();
    taken.get(0).out().end();
    opened.get(1).fail(new Failure(Stage.OWNER, FailureKind.CANCELLED, "enough"));
    bus.run(Duration.ofMillis(50));
    assertThat(values(one.meters())).containsEntry("voicebus.bus.links", 1L);
    other.kill();
    bus.run(Duration.ofSeconds(5));
    // then
    assertThat(values(one.meters())).containsEntry("voicebus.bus.links", 0L);
  }
}
