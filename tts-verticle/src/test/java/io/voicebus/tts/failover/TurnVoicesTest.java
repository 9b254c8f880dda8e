package io.voicebus.tts.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.bus.Meters;
import io.voicebus.tts.engine.TurnPlace;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TurnVoicesTest {
  private final Meters meters = new Meters();

  @Test
  void anotherEngineThatGoesOnIsCounted() {
    TurnVoices turns = new TurnVoices(List.of("elevenlabs", "openai", "embedded"), meters);
    TurnPlace place = TurnPlace.of("t1", 0);
    turns.begins(place, "elevenlabs");
    turns.leaves(place, "elevenlabs", "embedded");
    Map<String, Long> counts = new TreeMap<>();
    meters.read((meter, labels, value) -> counts.put(meter.name() + labels, value.sum()));
    assertThat(counts)
        .isEqualTo(
            Map.of(
                "voicebus.engine.fallbacks[elevenlabs, embedded]",
                1L,
                "voicebus.engine.fallbacks[elevenlabs, openai]",
                0L,
                "voicebus.engine.fallbacks[openai, embedded]",
                0L));
    assertThat(turns.engine(place)).isEqualTo("embedded");
  }
}
