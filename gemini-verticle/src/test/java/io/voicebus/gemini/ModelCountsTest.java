package io.voicebus.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Meters;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ModelCountsTest {
  private final Meters meters = new Meters();

  /** A rate shows the first failure only if there was a 0 before it. */
  @Test
  void aSourceThatHasNotFailedHasFailedNoTimesWithEachKind() {
    // when
    ModelCounts counts = new ModelCounts(meters);
    counts.begin("gemini");
    counts.request("gemini");
    counts.failure("gemini", FailureKind.QUOTA);
    // then
    Map<String, Long> counted = new TreeMap<>();
    meters.read((meter, labels, value) -> counted.put(meter.name() + labels, value.sum()));
    assertThat(counted)
        .hasSize(1 + FailureKind.values().length)
        .containsEntry("voicebus.model.requests[gemini]", 1L)
        .containsEntry("voicebus.model.failures[gemini, quota]", 1L)
        .containsEntry("voicebus.model.failures[gemini, unauthenticated]", 0L);
  }
}
