package io.voicebus.tts.elevenlabs;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import io.voicebus.contract.Pace;
import io.voicebus.emulators.ElevenCounters;
import io.voicebus.emulators.ElevenOptions;
import io.voicebus.emulators.ElevenScript;
import io.voicebus.tts.engine.RecordingSink;
import io.voicebus.tts.engine.TurnPlace;
import io.voicebus.tts.engine.Utterance;
import io.voicebus.tts.service.ServiceStage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each utterance goes the way that its listener needs. */
class ElevenTransportTest {
  private static final ElevenOptions GENEROUS = ElevenOptions.generous();
  private static final ElevenScript PACED =
      ElevenScript.instant().paced(Duration.ofMillis(10), 0.02);

  private static Utterance utterance(String text, boolean first, Pace pace) {
    return utterance(text, first ? 0 : 1, pace, 0);
  }

  private static Utterance utterance(String text, int chunk, Pace pace, long dueInMs) {
    String before = chunk == 0 ? "" : "Before.";
    TurnPlace place = TurnPlace.of("turn", chunk).due(pace, dueInMs);
    return new Utterance(text, "", before, "After.", "", place);
  }

  @ParameterizedTest
  @CsvSource({
    "auto, REALTIME, false, 0",
    "auto, REALTIME, true, 0",
    "auto, ASAP, true, 0",
    "auto, ASAP, false, 1",
    "socket, ASAP, false, 0",
    "http, REALTIME, true, 1"
  })
  void whatNobodyWaitsForIsARequestWithTheTextAroundIt(
      String transport, Pace pace, boolean first, int requests) {
    JsonObject settings = new JsonObject().put("elevenlabs-transport", transport);
    try (ElevenStage stage = new ElevenStage(GENEROUS, ServiceStage.IMPATIENT, settings)) {
      RecordingSink sink = new RecordingSink();
      stage.engine().speak(utterance("Here and now.", first, pace), sink);
      assertThat(sink.outcome()).isEqualTo("end");
      assertThat(stage.emulator().counters().requests()).isEqualTo(requests);
      assertThat(stage.emulator().counters().contexts()).isEqualTo(1 - requests);
    }
  }

  @ParameterizedTest
  @CsvSource({"1500, 0", "1501, 1", "20000, 1"})
  void whatIsNotDueSoonIsARequestThoughItsListenerHearsItAsItIsSpoken(long dueInMs, int requests) {
    try (ElevenStage stage = new ElevenStage(GENEROUS)) {
      RecordingSink sink = new RecordingSink();
      stage.engine().speak(utterance("Here and now.", 1, Pace.REALTIME, dueInMs), sink);
      assertThat(sink.outcome()).isEqualTo("end");
      assertThat(stage.emulator().counters().requests()).isEqualTo(requests);
    }
  }

  @Test
  void whatHasNoTextAroundItHasNothingToGainFromARequest() {
    try (ElevenStage stage = new ElevenStage(GENEROUS)) {
      RecordingSink sink = new RecordingSink();
      stage
          .engine()
          .speak(
              new Utterance("Alone.", "", "", "", "", TurnPlace.of("turn", 1).due(Pace.ASAP, 0)),
              sink);
      assertThat(sink.outcome()).isEqualTo("end");
      assertThat(stage.emulator().counters().requests()).isZero();
    }
  }

  @Test
  void bothWaysTogetherKeepToThePlan() {
    // given: room for three at once, which both ways share
    ElevenOptions plan = GENEROUS.withMaxConcurrent(3).withScripts(any -> PACED);
    JsonObject settings = new JsonObject().put("elevenlabs-concurrency", 3);
    try (ElevenStage stage = new ElevenStage(plan, ServiceStage.IMPATIENT, settings)) {
      // when
      List<RecordingSink> sinks = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        RecordingSink sink = new RecordingSink();
        sinks.add(sink);
        Pace pace = i % 2 == 0 ? Pace.ASAP : Pace.REALTIME;
        stage.engine().speak(utterance("Sentence number " + i + ".", false, pace), sink);
      }
      // then
      sinks.forEach(sink -> assertThat(sink.outcome()).isEqualTo("end"));
      ElevenCounters seen = stage.emulator().counters();
      assertThat(seen.requests()).isEqualTo(6);
      assertThat(seen.contexts()).isEqualTo(6);
      assertThat(seen.refusals()).isZero();
      assertThat(seen.errors()).isZero();
    }
  }
}
