package io.voicebus.tts.elevenlabs;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetServer;
import io.voicebus.bus.Clock;
import io.voicebus.emulators.ElevenEmulator;
import io.voicebus.emulators.ElevenFault;
import io.voicebus.emulators.ElevenOptions;
import io.voicebus.emulators.ElevenRequest;
import io.voicebus.emulators.ElevenScript;
import io.voicebus.emulators.EmulatedSpeech;
import io.voicebus.tts.engine.RecordingSink;
import io.voicebus.tts.engine.Speech;
import io.voicebus.tts.engine.SpeechSink;
import io.voicebus.tts.engine.Utterance;
import io.voicebus.tts.service.ServiceStage;
import io.voicebus.tts.service.ServiceTimes;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ElevenFaultsTest {
  private static final ElevenOptions QUICK =
      ElevenOptions.generous().withCloseDelay(Duration.ofMillis(20));

  @ParameterizedTest
  @CsvSource({
    "invalid_api_key, UNAUTHENTICATED, ELEVENLABS_API_KEY",
    "authentication_required, UNAUTHENTICATED, ELEVENLABS_API_KEY",
    "voice_id_does_not_exist, NOT_FOUND, elevenlabs-voice",
    "quota_exceeded, QUOTA, credits",
    "detected_unusual_activity, QUOTA, paid plan",
    "invalid_input_message, INTERNAL, report",
    "input_timeout_exceeded, UNAVAILABLE, lost",
    "something_went_wrong, UNAVAILABLE, later",
    "system_busy, UNAVAILABLE, later",
    "never_heard_of, INVALID_REQUEST, refused",
  })
  void anErrorInMidChunkFailsItInWordsToActOn(String error, String kind, String advice) {
    try (ElevenStage stage = stage(request -> failing(ElevenFault.error(error, 2)))) {
      RecordingSink sink = stage.say("Somebody will interrupt me.");
      assertThat(sink.outcome()).startsWith(kind + ": ").contains(advice);
      assertThat(sink.outcome()).doesNotContain("Somebody").doesNotContain("good");
      assertThat(sink.frames()).isNotEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "too_many_concurrent_requests",
    "concurrent_limit_exceeded",
    "rate_limit_exceeded",
    "max_active_conversations",
  })
  void oneTooManyWaitsAndIsSaidLater(String error) {
    try (ElevenStage stage = stage(firstThen(ElevenFault.error(error, 0), 3))) {
      RecordingSink sink = stage.say("I can wait.");
      assertThat(sink.outcome()).isEqualTo("end");
      assertThat(EmulatedSpeech.textOf(sink.pcm())).isEqualTo("I can wait. ");
      assertThat(stage.emulator().counters().errors()).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @CsvSource({"1000, UNAVAILABLE", "1011, UNAVAILABLE", "1009, INVALID_REQUEST"})
  void aCloseWithoutAWordIsToldByItsCode(int code, String kind) {
    try (ElevenStage stage = stage(request -> failing(ElevenFault.close(code, 1)))) {
      assertThat(stage.say("Cut short.").outcome()).startsWith(kind + ": ");
    }
  }

  @Test
  void inactivityThatIsToldAfterTheLastWordIsAnEnd() {
    try (ElevenStage stage =
        stage(
            request ->
                ElevenScript.instant()
                    .inPieces(3_000, false)
                    .failing(ElevenFault.error("input_timeout_exceeded", 1)))) {
      RecordingSink sink = stage.say("All was said.");
      assertThat(sink.outcome()).isEqualTo("end");
      assertThat(EmulatedSpeech.textOf(sink.pcm())).isEqualTo("All was said. ");
    }
  }

  @Test
  void aSocketThatBreaksInMidChunkFailsWhatWasBegunSoThatItGoesOnElsewhere() {
    try (ElevenStage stage = stage(request -> failing(ElevenFault.cut(3)))) {
      RecordingSink sink = stage.say("One two three four five.");
      assertThat(sink.outcome()).startsWith("UNAVAILABLE: ");
      byte[] whole = EmulatedSpeech.pcm("One two three four five. ", 24_000);
      assertThat(whole).startsWith(sink.pcm());
      assertThat(sink.progress()).contains(3).doesNotContain(24);
    }
  }

  @Test
  void aSocketThatBreaksBeforeTheFirstSoundIsReplacedUnheard() {
    try (ElevenStage stage = stage(firstThen(ElevenFault.cut(0), 2))) {
      RecordingSink sink = stage.say("Nobody noticed.");
      assertThat(sink.outcome()).isEqualTo("end");
      assertThat(EmulatedSpeech.textOf(sink.pcm())).isEqualTo("Nobody noticed. ");
    }
  }

  @Test
  void aSocketThatAlwaysBreaksIsNotTriedForEver() {
    try (ElevenStage stage = stage(request -> failing(ElevenFault.cut(0)))) {
      assertThat(stage.say("Hopeless.").outcome()).startsWith("UNAVAILABLE: ");
      assertThat(stage.emulator().counters().contexts()).isEqualTo(3);
    }
  }

  @Test
  void aContextThatEndsWithoutASoundIsAskedForAgain() {
    try (ElevenStage stage = stage(firstThen(ElevenFault.end(0), 2))) {
      RecordingSink sink = stage.say("Nobody noticed.");
      assertThat(sink.outcome()).isEqualTo("end");
      assertThat(EmulatedSpeech.textOf(sink.pcm())).isEqualTo("Nobody noticed. ");
    }
  }

  @Test
  void contextsThatAllEndWithoutASoundAreAFaultOfThisTextIfOthersSound() {
    try (ElevenStage stage =
        stage(
            request ->
                request.text().startsWith("Say")
                    ? failing(ElevenFault.end(0))
                    : ElevenScript.instant())) {
      RecordingSink sink = stage.say("Say this.");
      assertThat(sink.outcome()).startsWith("UNAVAILABLE: ").contains("no sound");
      assertThat(stage.emulator().counters().contexts()).isEqualTo(3);
      // when
      assertThat(stage.say("Another.").outcome()).isEqualTo("end");
      // then
      assertThat(stage.say("Say this.").outcome()).startsWith("INVALID_REQUEST: ");
    }
  }

  @Test
  void anEndBeforeTheLastWordByItsOwnTimesIsNoEnd() {
    try (ElevenStage stage = stage(request -> failing(ElevenFault.end(3)))) {
      RecordingSink sink = stage.say("One two three four five.");
      assertThat(sink.outcome()).startsWith("LOST: ").contains("last word");
      assertThat(sink.progress()).contains(7).doesNotContain(24);
    }
  }

  @Test
  void aContextThatStaysSilentIsAskedForInAnother() {
    ServiceTimes base = ServiceStage.IMPATIENT;
    ServiceTimes times =
        new ServiceTimes(
            base.connect(),
            base.settle(),
            base.tick(),
            base.answer(),
            base.closing(),
            base.idle(),
            Duration.ofMillis(60),
            base.closes(),
            base.retry(),
            base.quiet(),
            base.learnt());
    try (ElevenStage stage =
        new ElevenStage(
            QUICK.withScripts(firstThen(ElevenFault.hang(0), 2)), times, new JsonObject())) {
      RecordingSink sink = stage.say("Nobody noticed.");
      assertThat(sink.outcome()).isEqualTo("end");
      assertThat(EmulatedSpeech.textOf(sink.pcm())).isEqualTo("Nobody noticed. ");
    }
  }

  @Test
  void aLastWordThatDoesNotComeIsNotWaitedFor() {
    try (ElevenStage stage =
        stage(
            request ->
                ElevenScript.instant().inPieces(3_000, false).failing(ElevenFault.hang(1)))) {
      RecordingSink sink = stage.say("All was said.");
      assertThat(sink.outcome()).isEqualTo("end");
      assertThat(EmulatedSpeech.textOf(sink.pcm())).isEqualTo("All was said. ");
    }
  }

  @Test
  void aNullWithinTheTimesCostsTheTimesAndNoSound() {
    try (ElevenStage stage = stage(request -> failing(ElevenFault.nullTimes()))) {
      RecordingSink sink = stage.say("All was said.");
      assertThat(sink.outcome()).isEqualTo("end");
      assertThat(EmulatedSpeech.textOf(sink.pcm())).isEqualTo("All was said. ");
      assertThat(sink.progress()).containsOnly(SpeechSink.UNKNOWN);
      assertThat(stage.emulator().counters().contexts()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"socket", "http"})
  void anotherFormatThanWasAskedForIsNotPlayed(String transport) {
    try (ElevenStage stage =
        new ElevenStage(
            QUICK.withScripts(request -> failing(ElevenFault.mp3())),
            ServiceStage.IMPATIENT,
            new JsonObject().put("elevenlabs-transport", transport))) {
      RecordingSink sink = stage.say("All was said.");
      assertThat(sink.outcome()).startsWith("UNAVAILABLE: ").contains("MP3");
      assertThat(sink.frames()).isEmpty();
    }
  }

  @Test
  void whatHasNoLetterAndNoDigitIsNotAskedFor() {
    try (ElevenStage stage = new ElevenStage(QUICK)) {
      assertThat(stage.say("… — !").outcome()).isEqualTo("end");
      assertThat(stage.emulator().counters().contexts()).isZero();
    }
  }

  @Test
  void aWrongKeyFailsTheStartAndEveryUtterance() {
    try (ElevenStage stage = new ElevenStage(QUICK.withKeys("another"))) {
      Throwable why = stage.engine().warm().toCompletableFuture().handle((ok, e) -> e).join();
      assertThat(why instanceof CompletionException wrapped ? wrapped.getCause() : why)
          .hasMessageContaining("ELEVENLABS_API_KEY");
      assertThat(stage.say("Let me in.").outcome()).startsWith("UNAUTHENTICATED: ");
    }
  }

  @Test
  void anUnknownVoiceIsNotFound() {
    try (ElevenStage stage = new ElevenStage(QUICK.withVoices("sarah"))) {
      assertThat(stage.say("Who am I?").outcome()).startsWith("NOT_FOUND: ");
      RecordingSink sink = new RecordingSink();
      stage.engine().speak(new Utterance("Me.", "sarah/../x", "", ""), sink);
      assertThat(sink.outcome()).startsWith("NOT_FOUND: ");
    }
  }

  @Test
  void usedUpCreditsAreAQuota() {
    try (ElevenStage stage = new ElevenStage(QUICK.withCredits(10))) {
      assertThat(stage.say("Cheap.").outcome()).isEqualTo("end");
      assertThat(stage.say("Not so cheap.").outcome()).startsWith("QUOTA: ");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "400, invalid_parameters, INVALID_REQUEST",
    "401, unknown, UNAUTHENTICATED",
    "401, quota_exceeded, QUOTA",
    "403, subscription_required, QUOTA",
    "403, unknown, UNAUTHENTICATED",
    "404, unknown, NOT_FOUND",
    "500, something_went_wrong, UNAVAILABLE",
    "503, unknown, UNAVAILABLE",
  })
  void aRefusedUpgradeIsToldByItsBodyThenByItsStatus(int status, String code, String kind) {
    try (ElevenStage stage = new ElevenStage(QUICK)) {
      stage.emulator().refuseUpgrades(100, status, code);
      RecordingSink sink = new RecordingSink();
      stage.engine().speak(new Utterance("Hello?", "sarah", "", ""), sink);
      assertThat(sink.outcome()).startsWith(kind + ": ");
    }
  }

  @Test
  void aModelThatCannotSpeakOverSocketsIsNamedAsTheCause() {
    JsonObject settings =
        new JsonObject().put("elevenlabs-model", "eleven_v3").put("elevenlabs-transport", "socket");
    try (ElevenStage stage = new ElevenStage(QUICK, ServiceStage.IMPATIENT, settings)) {
      assertThat(stage.say("Hello?").outcome())
          .startsWith("INVALID_REQUEST: ")
          .contains("elevenlabs-model");
    }
  }

  @Test
  void anUpgradeThatIsOneTooManyIsTriedAgain() {
    try (ElevenStage stage = new ElevenStage(QUICK)) {
      stage.emulator().refuseUpgrades(4, 429, "concurrent_limit_exceeded");
      RecordingSink sink = new RecordingSink();
      stage.engine().speak(new Utterance("I can wait.", "sarah", "", ""), sink);
      assertThat(sink.outcome()).isEqualTo("end");
      assertThat(stage.emulator().counters().refusals()).isGreaterThanOrEqualTo(3);
      assertThat(sink.reasons()).anyMatch(why -> why.contains("plan allows no more"));
    }
  }

  @Test
  void aPlanWithRoomForTwoSaysEightInTurn() {
    try (ElevenStage stage =
        new ElevenStage(
            ElevenOptions.generous()
                .withMaxConcurrent(2)
                .withScripts(any -> ElevenScript.instant().paced(Duration.ofMillis(10), 0.02)))) {
      List<RecordingSink> sinks = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        sinks.add(stage.say("Sentence " + i + "."));
      }
      for (int i = 0; i < 8; i++) {
        assertThat(sinks.get(i).outcome()).isEqualTo("end");
        assertThat(EmulatedSpeech.textOf(sinks.get(i).pcm())).isEqualTo("Sentence " + i + ". ");
      }
      assertThat(stage.emulator().counters().peakGenerating()).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void aCancelledContextThatNeverEndsIsGivenUpWithItsSocket() {
    ServiceTimes times =
        ElevenLabsEngineTest.times(
            Duration.ofMillis(20), Duration.ofSeconds(10), Duration.ofMillis(50));
    try (ElevenStage stage =
        new ElevenStage(
            QUICK.withScripts(
                request ->
                    request.text().startsWith("Hang")
                        ? failing(ElevenFault.hang(1))
                        : ElevenScript.instant()),
            times,
            new JsonObject())) {
      RecordingSink sink = new RecordingSink();
      Speech speech = stage.engine().speak(Utterance.of("Hang on."), sink);
      sink.awaitSound();
      speech.cancel();
      stage.reach(now -> now.contexts() == 1 && now.openContexts() == 0);
      assertThat(stage.say("Go on.").outcome()).isEqualTo("end");
    }
  }

  @Test
  void aContextOfWhichNothingComesDoesNotTakeThePlaceOfAnother() {
    ServiceTimes times = times(Duration.ofHours(1), Duration.ofMillis(50));
    try (ElevenStage stage = hangsOnce(1, times)) {
      RecordingSink sink = new RecordingSink();
      Speech speech = stage.engine().speak(Utterance.of("Hang on."), sink);
      sink.awaitSound();
      speech.cancel();
      assertThat(stage.say("Go on.").outcome()).isEqualTo("end");
    }
  }

  @Test
  void aSocketThatSaysNothingIsLeftAtOnceSoThatItsContextsTakeNoPlace() {
    ServiceTimes times = times(Duration.ofMillis(60), Duration.ofHours(1));
    try (ElevenStage stage = hangsOnce(0, times)) {
      assertThat(stage.say("Hang on.").outcome()).isEqualTo("end");
    }
    // and when nobody waits for it any more
    try (ElevenStage stage = hangsOnce(0, times)) {
      Speech speech = stage.engine().speak(Utterance.of("Hang on."), new RecordingSink());
      stage.reach(now -> now.contexts() == 1);
      speech.cancel();
      assertThat(stage.say("Go on.").outcome()).isEqualTo("end");
    }
  }

  /** A plan with room for one, at a service whose first context stops after so many pieces. */
  private static ElevenStage hangsOnce(int pieces, ServiceTimes times) {
    return new ElevenStage(
        QUICK.withScripts(firstThen(ElevenFault.hang(pieces), 1)),
        times,
        new JsonObject().put("elevenlabs-concurrency", 1));
  }

  private static ServiceTimes times(Duration answering, Duration closing) {
    ServiceTimes base = ServiceStage.IMPATIENT;
    return new ServiceTimes(
        base.connect(),
        base.settle(),
        Duration.ofHours(1),
        base.answer(),
        closing,
        base.idle(),
        answering,
        base.closes(),
        base.retry(),
        base.quiet(),
        base.learnt());
  }

  @Test
  void whoeverWaitsForAConnectionHasSomebodyAtIt() {
    Vertx other = Vertx.vertx();
    try {
      NetServer mute = other.createNetServer().connectHandler(socket -> {});
      ServiceStage.await(mute.listen(0, "127.0.0.1"));
      JsonObject settings =
          new JsonObject().put("elevenlabs-base-url", "http://127.0.0.1:" + mute.actualPort());
      try (ElevenStage stage = new ElevenStage(QUICK, ServiceStage.IMPATIENT, settings)) {
        assertThat(stage.say("Can you hear me?").awaitStates(1)).containsExactly("works");
      }
    } finally {
      ServiceStage.await(other.close());
    }
  }

  @Test
  void whatIsUnderWayWhenSocketsAreGivenUpIsAskedForOverHttp() {
    try (ElevenStage stage =
        stage(
            request ->
                request.overWebSocket() ? failing(ElevenFault.hang(0)) : ElevenScript.instant())) {
      RecordingSink begun = stage.say("Begun before.");
      stage.reach(now -> now.contexts() == 1);
      // when
      stage.emulator().refuseUpgrades(1, 400, "unsupported_model");
      RecordingSink other = new RecordingSink();
      stage.engine().speak(new Utterance("Another voice.", "sarah", "", ""), other);
      // then
      assertThat(other.outcome()).isEqualTo("end");
      assertThat(begun.outcome()).isEqualTo("end");
      assertThat(EmulatedSpeech.textOf(begun.pcm())).startsWith("Begun before.");
    }
  }

  @Test
  void aServiceThatCannotBeReachedIsUnavailableAtOnce() {
    JsonObject nobody = new JsonObject().put("elevenlabs-base-url", "http://127.0.0.1:1");
    try (ElevenStage stage = new ElevenStage(QUICK, ServiceStage.IMPATIENT, nobody)) {
      assertThat(stage.say("Anybody?").outcome())
          .startsWith("UNAVAILABLE: ")
          .contains("elevenlabs-base-url");
      assertThat(stage.engine().warm().toCompletableFuture().handle((ok, e) -> e).join()).isNull();
    }
  }

  @Test
  void theFaultOfOneUtteranceIsNotThatOfItsNeighbours() {
    try (ElevenStage stage =
        stage(
            request ->
                switch (request.text()) {
                  case "Bad. " -> failing(ElevenFault.error("invalid_input_message", 0));
                  case "Not yet begun. " -> ElevenScript.instant().paced(Duration.ofMillis(200), 0);
                  default -> ElevenScript.instant().paced(Duration.ZERO, 2);
                })) {
      // given: all on one socket, which will close
      stage.engine().warm().toCompletableFuture().join();
      RecordingSink begun = stage.say("Begun before.");
      begun.awaitSound();
      RecordingSink fresh = stage.say("Not yet begun.");
      // when
      RecordingSink bad = stage.say("Bad.");
      // then
      assertThat(bad.outcome()).startsWith("INTERNAL: ");
      assertThat(begun.outcome()).startsWith("UNAVAILABLE: ");
      assertThat(fresh.outcome()).isEqualTo("end");
      assertThat(EmulatedSpeech.textOf(fresh.pcm())).isEqualTo("Not yet begun. ");
    }
  }

  @Test
  void aSocketThatGivesNoSignOfLifeIsLeft() throws InterruptedException {
    Vertx other = Vertx.vertx();
    DeafServer deaf = new DeafServer(other);
    JsonObject settings = new JsonObject().put("elevenlabs-base-url", deaf.baseUrl());
    ServiceTimes times =
        ElevenLabsEngineTest.times(
            Duration.ofMillis(20), Duration.ofMillis(60), Duration.ofSeconds(10));
    try (ElevenStage stage = new ElevenStage(QUICK, times, settings)) {
      assertThat(stage.say("Can you hear me?").outcome()).startsWith("UNAVAILABLE: ");
      assertThat(deaf.left()).isTrue();
    } finally {
      ServiceStage.await(other.close());
    }
  }

  @Test
  void afterTheServiceWasAwayItsSocketsAreOpenedAgain() {
    try (ElevenStage stage = new ElevenStage(QUICK)) {
      // given
      stage.engine().warm();
      stage.reach(now -> now.openSockets() == 1);
      int port = URI.create(stage.emulator().baseUrl()).getPort();
      ServiceStage.await(stage.emulator().stop());
      // when
      ElevenEmulator back =
          ServiceStage.await(ElevenEmulator.start(stage.vertx(), QUICK.onPort(port)));
      // then
      ServiceStage.await(back.when(now -> now.openSockets() == 1));
      assertThat(stage.say("Welcome back.").outcome()).isEqualTo("end");
    }
  }

  /** As a network that wants a sign-in first does. */
  @Test
  void aServiceThatTakesNoWebSocketIsAskedLessAndLessOften() {
    Vertx other = Vertx.vertx();
    AtomicInteger asked = new AtomicInteger();
    Promise<Void> tenRounds = Promise.promise();
    NetServer redirecting =
        other
            .createNetServer()
            .connectHandler(
                socket -> {
                  if (asked.incrementAndGet() == 40) {
                    tenRounds.tryComplete();
                  }
                  socket.handler(
                      head ->
                          socket.end(
                              Buffer.buffer(
                                  "HTTP/1.1 302 Found\r\nLocation: /login\r\n"
                                      + "Content-Length: 0\r\nConnection: close\r\n\r\n")));
                });
    ServiceStage.await(redirecting.listen(0, "127.0.0.1"));
    JsonObject settings =
        new JsonObject()
            .put("elevenlabs-base-url", "http://127.0.0.1:" + redirecting.actualPort())
            .put("elevenlabs-sockets", 4);
    long began = Clock.system().nanoTime();
    try (ElevenStage stage = new ElevenStage(QUICK, ServiceStage.IMPATIENT, settings)) {
      // when
      stage.engine().warm();
      ServiceStage.await(tenRounds.future());
      // then: the waits between the rounds, from 5 ms on, twice as long each time, at most 160
      long ms = (Clock.system().nanoTime() - began) / 1_000_000;
      assertThat(ms).isGreaterThanOrEqualTo(5 + 10 + 20 + 40 + 80 + 4 * 160);
    } finally {
      ServiceStage.await(other.close());
    }
  }

  private static ElevenStage stage(Function<ElevenRequest, ElevenScript> scripts) {
    return new ElevenStage(QUICK.withScripts(scripts));
  }

  private static Function<ElevenRequest, ElevenScript> firstThen(ElevenFault fault, int times) {
    AtomicInteger asked = new AtomicInteger();
    return request -> asked.incrementAndGet() <= times ? failing(fault) : ElevenScript.instant();
  }

  private static ElevenScript failing(ElevenFault fault) {
    return ElevenScript.instant().failing(fault);
  }
}
