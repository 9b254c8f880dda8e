package io.voicebus.tts.elevenlabs;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import io.voicebus.emulators.ElevenOptions;
import io.voicebus.tts.engine.RecordingSink;
import io.voicebus.tts.service.ServiceStage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models that speak over the WebSockets for dialogues only. */
class ElevenDialogueTest {
  private static ElevenStage stage(String model, JsonObject more) {
    JsonObject settings = new JsonObject().put("elevenlabs-model", model).mergeIn(more);
    return new ElevenStage(ElevenOptions.generous(), ServiceStage.IMPATIENT, settings);
  }

  @ParameterizedTest
  @ValueSource(strings = {"eleven_v3_conversational", "eleven_v4", "eleven_v4_turbo"})
  void theySpeakThereWithTheTimesOfTheWords(String model) {
    try (ElevenStage stage = stage(model, new JsonObject())) {
      RecordingSink sink = stage.say("Hello there, you.");
      assertThat(sink.outcome()).isEqualTo("end");
      assertThat(sink.progress()).contains(5, 12);
      assertThat(stage.emulator().counters().contexts()).isOne();
      assertThat(stage.emulator().counters().requests()).isZero();
    }
  }

  @Test
  void manyAreSaidOverFewWebSocketsAndOnlyTheStabilityIsTold() {
    JsonObject settings =
        new JsonObject().put("elevenlabs-stability", 0.5).put("elevenlabs-speed", 1.1);
    try (ElevenStage stage = stage("eleven_v3_conversational", settings)) {
      List<RecordingSink> sinks = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        sinks.add(stage.say("Sentence number " + i + "."));
      }
      sinks.forEach(sink -> assertThat(sink.outcome()).isEqualTo("end"));
      assertThat(stage.emulator().counters().errors()).isZero();
      assertThat(stage.emulator().counters().contexts()).isEqualTo(12);
    }
  }
}
