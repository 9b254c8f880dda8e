package io.voicebus.tts.elevenlabs;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import io.voicebus.emulators.ElevenCounters;
import io.voicebus.emulators.ElevenOptions;
import io.voicebus.emulators.ElevenScript;
import io.voicebus.emulators.EmulatedSpeech;
import io.voicebus.tts.engine.RecordingSink;
import io.voicebus.tts.engine.Speech;
import io.voicebus.tts.engine.Utterance;
import io.voicebus.tts.service.ServiceStage;
import io.voicebus.tts.service.ServiceTimes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ElevenLabsEngineTest {
  private static final ElevenOptions GENEROUS = ElevenOptions.generous();
  private static final ElevenScript SLOW =
      ElevenScript.instant().paced(Duration.ofMillis(5), 0.05).inPieces(100, true);

  @ParameterizedTest
  @ValueSource(strings = {"pcm_16000", "pcm_22050", "pcm_24000"})
  void everySampleArrivesThoughPiecesSplitThem(String format) {
    JsonObject settings = new JsonObject().put("elevenlabs-format", format);
    try (ElevenStage stage = new ElevenStage(GENEROUS, ServiceStage.IMPATIENT, settings)) {
      // when
      RecordingSink sink = stage.say("Grüße aus Köln, 3 mal.");
      // then
      assertThat(sink.outcome()).isEqualTo("end");
      assertThat(EmulatedSpeech.textOf(sink.pcm())).isEqualTo("Grüße aus Köln, 3 mal. ");
      assertThat(sink.faults()).isEmpty();
    }
  }

  @Test
  void framesEndWhereWordsEnd() {
    try (ElevenStage stage = new ElevenStage(GENEROUS)) {
      // when
      RecordingSink sink = stage.say("One two, three.");
      sink.outcome();
      // then
      List<String> heard = new ArrayList<>();
      int bytes = 0;
      for (int i = 0; i < sink.frames().size(); i++) {
        bytes += sink.frames().get(i).length;
        int chars = sink.progress().get(i);
        if (chars > (i == 0 ? 0 : sink.progress().get(i - 1))) {
          heard.add("One two, three.".substring(0, chars));
          assertThat(bytes)
              .isEqualTo(EmulatedSpeech.pcm(heard.get(heard.size() - 1), 24_000).length);
        }
      }
      assertThat(heard).containsExactly("One", "One two,", "One two, three.");
    }
  }

  @Test
  void moreThanOneSocketHoldsAreSpreadOverSeveral() {
    try (ElevenStage stage = new ElevenStage(GENEROUS.withScripts(any -> SLOW))) {
      // when
      List<RecordingSink> sinks = new ArrayList<>();
      for (int i = 0; i < 14; i++) {
        sinks.add(stage.say("This is sentence number " + i + "."));
      }
      // then
      for (int i = 0; i < sinks.size(); i++) {
        assertThat(sinks.get(i).outcome()).isEqualTo("end");
        assertThat(EmulatedSpeech.textOf(sinks.get(i).pcm()))
            .isEqualTo("This is sentence number " + i + ". ");
        assertThat(sinks.get(i).faults()).isEmpty();
      }
      ElevenCounters seen = stage.emulator().counters();
      assertThat(seen.sockets()).isGreaterThanOrEqualTo(4);
      assertThat(seen.peakContexts()).isLessThanOrEqualTo(4);
      assertThat(seen.errors()).isZero();
    }
  }

  @Test
  void theSocketThatIsWarmIsUsedAgainAndAgain() {
    try (ElevenStage stage = new ElevenStage(GENEROUS)) {
      stage.engine().warm().toCompletableFuture().join();
      for (int i = 0; i < 20; i++) {
        assertThat(stage.say("Again.").outcome()).isEqualTo("end");
      }
      assertThat(stage.emulator().counters().sockets()).isOne();
      assertThat(stage.emulator().counters().contexts()).isEqualTo(20);
    }
  }

  @Test
  void nothingIsHeardAfterACancelAndItsContextEnds() {
    try (ElevenStage stage = new ElevenStage(GENEROUS.withScripts(any -> SLOW))) {
      // given
      RecordingSink sink = new RecordingSink();
      Speech speech =
          stage.engine().speak(Utterance.of("Never mind what I was about to say."), sink);
      sink.awaitSound();
      // when
      speech.cancel();
      sink.cancelled();
      // then
      stage.reach(now -> now.contexts() == 1 && now.openContexts() == 0);
      assertThat(stage.say("Next.").outcome()).isEqualTo("end");
      assertThat(sink.faults()).isEmpty();
      assertThat(sink.open()).isTrue();
    }
  }

  @Test
  void fiftyCancelsInARowLeaveNoContext() {
    try (ElevenStage stage = new ElevenStage(GENEROUS.withScripts(any -> SLOW))) {
      for (int i = 0; i < 50; i++) {
        RecordingSink sink = new RecordingSink();
        Speech speech = stage.engine().speak(Utterance.of("Interrupted " + i + "."), sink);
        if (i % 2 == 0) {
          sink.awaitSound();
        }
        speech.cancel();
        sink.cancelled();
      }
      assertThat(stage.say("Done.").outcome()).isEqualTo("end");
      stage.reach(now -> now.openContexts() == 0);
      ElevenCounters seen = stage.emulator().counters();
      assertThat(seen.errors()).isZero();
      assertThat(seen.peakContexts()).isLessThanOrEqualTo(4);
    }
  }

  @Test
  void anotherVoiceHasASocketOfItsOwn() {
    try (ElevenStage stage = new ElevenStage(GENEROUS)) {
      RecordingSink sink = new RecordingSink();
      stage.engine().speak(new Utterance("Hello.", "sarah", "", ""), sink);
      assertThat(sink.outcome()).isEqualTo("end");
      stage.reach(now -> now.openSockets() == 2);
    }
  }

  @Test
  void silenceIsSaidWithoutAskingAnyone() {
    try (ElevenStage stage = new ElevenStage(GENEROUS)) {
      assertThat(stage.say(" \n").outcome()).isEqualTo("end");
      assertThat(stage.emulator().counters().contexts()).isZero();
    }
  }

  /** As each check of a server's health does. */
  @Test
  void whoOnlyAsksForTheVoicesOpensNoSocket() throws Exception {
    try (ElevenStage stage = new ElevenStage(GENEROUS)) {
      assertThat(stage.engine().offered().toCompletableFuture().get(10, TimeUnit.SECONDS))
          .isNotEmpty();
      assertThat(stage.emulator().counters().sockets()).isZero();
      // and who speaks has one
      assertThat(stage.say("Hello.").outcome()).isEqualTo("end");
      assertThat(stage.emulator().counters().sockets()).isOne();
    }
  }

  @Test
  void signsOfLifeKeepAnIdleSocketOpen() {
    // given: the service gives up after 60 x 20 ms without text
    ServiceTimes often =
        times(Duration.ofMillis(20), Duration.ofSeconds(10), Duration.ofSeconds(10));
    try (ElevenStage stage =
        new ElevenStage(GENEROUS.withSecond(Duration.ofMillis(20)), often, new JsonObject())) {
      stage.engine().warm();
      // when
      stage.reach(now -> now.keepalives() > 75);
      // then
      assertThat(stage.say("Still here.").outcome()).isEqualTo("end");
      assertThat(stage.emulator().counters().sockets()).isOne();
      assertThat(stage.emulator().counters().errors()).isZero();
    }
  }

  @Test
  void closingFailsWhatIsUnderWayAndLeavesNothingOpen() {
    try (ElevenStage stage = new ElevenStage(GENEROUS.withScripts(any -> SLOW))) {
      RecordingSink sink = stage.say("A sentence that is too long for the time that is left.");
      sink.awaitSound();
      stage.engine().close();
      assertThat(sink.outcome()).startsWith("UNAVAILABLE").contains("closed");
      assertThat(stage.say("Too late.").outcome()).startsWith("UNAVAILABLE");
      stage.reach(now -> now.openSockets() == 0);
    }
  }

  static ServiceTimes times(Duration tick, Duration answer, Duration closing) {
    ServiceTimes base = ServiceStage.IMPATIENT;
    return new ServiceTimes(
        base.connect(),
        base.settle(),
        tick,
        answer,
        closing,
        base.idle(),
        base.answering(),
        base.closes(),
        base.retry(),
        base.quiet(),
        base.learnt());
  }
}
