package io.voicebus.tts.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Clock;
import io.voicebus.bus.VoicebusException;
import io.voicebus.contract.Outbound;
import io.voicebus.contract.Settings;
import io.voicebus.emulators.EmulatedSpeech;
import io.voicebus.tts.engine.RecordingSink;
import io.voicebus.tts.engine.Speech;
import io.voicebus.tts.engine.TurnPlace;
import io.voicebus.tts.engine.Utterance;
import io.voicebus.tts.service.ScriptedServer;
import io.voicebus.tts.service.ServiceStage;
import io.voicebus.tts.service.ServiceTimes;
import io.voicebus.tts.sound.WavFiles;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiEngineTest {
  private static final byte[] PCM = EmulatedSpeech.pcm("Hello.", 24_000);

  /** An engine and the server that it uses. */
  private static final class Stage implements AutoCloseable {
    final Vertx vertx = Vertx.vertx();
    final ScriptedServer server;
    final OpenAiEngine engine;

    Stage(JsonObject settings, Function<ScriptedServer.Asked, ScriptedServer.Answer> answers) {
      this(settings, ServiceStage.IMPATIENT, answers);
    }

    Stage(
        JsonObject settings,
        ServiceTimes times,
        Function<ScriptedServer.Asked, ScriptedServer.Answer> answers) {
      server = new ScriptedServer(answers);
      JsonObject values =
          new JsonObject()
              .put("openai-speech-base-url", server.baseUrl() + "/v1")
              .mergeIn(settings);
      Settings read = new Settings("tts", values);
      engine =
          new OpenAiEngine(
              vertx, Clock.system(), OpenAiSettings.read(read), times, Outbound.read(read));
    }

    RecordingSink say(String text) {
      RecordingSink sink = new RecordingSink();
      engine.speak(Utterance.of(text), sink);
      return sink;
    }

    @Override
    public void close() {
      engine.close();
      server.close();
      ServiceStage.await(vertx.close());
    }
  }

  /** Else a node would not start as long as its speech server hangs. */
  @ParameterizedTest
  @ValueSource(strings = {"no answer", "no end"})
  void aServerThatHangsIsNotWaitedForAtTheStart(String hang) {
    // given
    ServiceTimes usual = ServiceStage.IMPATIENT;
    ServiceTimes times =
        new ServiceTimes(
            Duration.ofMillis(200),
            usual.settle(),
            usual.tick(),
            usual.answer(),
            usual.closing(),
            usual.idle(),
            usual.answering(),
            usual.closes(),
            usual.retry(),
            usual.quiet(),
            usual.learnt());
    List<byte[]> pieces = hang.equals("no end") ? List.of(new byte[] {'{'}) : List.of();
    ScriptedServer.Answer answer =
        new ScriptedServer.Answer(200, Map.of(), pieces, ScriptedServer.Ending.NEVER);
    // when
    try (Stage stage = new Stage(new JsonObject(), times, any -> answer)) {
      CompletableFuture<Void> warm = stage.engine.warm().toCompletableFuture();
      // then
      assertThat(warm).succeedsWithin(Duration.ofSeconds(10));
    }
  }

  @Test
  void everySampleArrivesThoughPiecesSplitThem() {
    byte[][] pieces = {
      Arrays.copyOf(PCM, 1213),
      Arrays.copyOfRange(PCM, 1213, 2770),
      Arrays.copyOfRange(PCM, 2770, PCM.length)
    };
    try (Stage stage = stage("pcm", ScriptedServer.Answer.audio("audio/pcm", pieces))) {
      RecordingSink sink = stage.say("Hello.");
      assertThat(sink.outcome()).isEqualTo("end");
      assertThat(sink.pcm()).isEqualTo(PCM);
      assertThat(sink.faults()).isEmpty();
    }
  }

  @Test
  void theRequestHasWhatWasSetAndWhatIsPassedThrough() {
    JsonObject settings =
        new JsonObject()
            .put("openai-speech-api-key", "secret")
            .put("openai-speech-model", "kokoro")
            .put("openai-speech-voice", "af_heart")
            .put("openai-speech-speed", "1.5")
            .put(
                "openai-speech-extra", "{\"lang_code\":\"e\",\"normalization_options\":{\"a\":1}}");
    try (Stage stage = new Stage(settings, any -> ScriptedServer.Answer.audio("", PCM))) {
      assertThat(stage.say("Hello.").outcome()).isEqualTo("end");
      ScriptedServer.Asked asked = stage.server.asked().get(0);
      assertThat(asked.uri()).isEqualTo("/v1/audio/speech");
      assertThat(asked.headers()).containsEntry("authorization", "Bearer secret");
      assertThat(asked.body())
          .isEqualTo(
              new JsonObject()
                  .put("model", "kokoro")
                  .put("input", "Hello.")
                  .put("voice", "af_heart")
                  .put("response_format", "pcm")
                  .put("speed", 1.5)
                  .put("lang_code", "e")
                  .put("normalization_options", new JsonObject().put("a", 1)));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0xFFFFFFFFL, 0, 2_000_000_000L, 8})
  void wavIsReadWhateverLengthItClaims(long size) {
    byte[] file = WavFiles.wav(size, 1, 1, 16, true);
    try (Stage stage =
        stage(
            "wav",
            ScriptedServer.Answer.audio(
                "audio/wav", Arrays.copyOf(file, 21), Arrays.copyOfRange(file, 21, file.length)))) {
      RecordingSink sink = stage.say("Hello.");
      assertThat(sink.outcome()).isEqualTo("end");
      assertThat(sink.pcm()).isEqualTo(WavFiles.samples());
    }
  }

  @Test
  void wavAtAnotherRateThanTheSettingsSayIsHeardAtItsOwn() {
    JsonObject settings =
        new JsonObject().put("openai-speech-format", "wav").put("openai-speech-rate", 16_000);
    byte[] file = WavFiles.wav(0, 1, 1, 16, false);
    try (Stage stage = new Stage(settings, any -> ScriptedServer.Answer.audio("audio/wav", file))) {
      RecordingSink sink = stage.say("Hello.");
      assertThat(sink.outcome()).isEqualTo("end");
      assertThat(sink.rateHz()).isEqualTo(24_000);
      assertThat(sink.pcm()).isEqualTo(WavFiles.samples());
    }
  }

  @Test
  void wavThatIsShorterThanItSaysIsCut() {
    byte[] file = WavFiles.wav(100, 1, 1, 16, false);
    try (Stage stage = stage("wav", ScriptedServer.Answer.audio("audio/wav", file))) {
      assertThat(stage.say("Hello.").outcome()).startsWith("UNAVAILABLE: ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "data: [DONE]\n\n"})
  void eventsAreReadWithAndWithoutALastMark(String mark) {
    String body =
        ": ping\r\n\r\n" + delta(0, 777) + delta(777, PCM.length) + done().replace("\n", "\r\n");
    try (Stage stage =
        stage("sse", ScriptedServer.Answer.of(200, "text/event-stream", body + mark))) {
      RecordingSink sink = stage.say("Hello.");
      assertThat(sink.outcome()).isEqualTo("end");
      assertThat(sink.pcm()).isEqualTo(PCM);
      assertThat(stage.server.asked().get(0).body().getString("stream_format")).isEqualTo("sse");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "data: [DONE]\n\n",
        "data: {\"error\":{\"message\":\"m\",\"code\":null}}\n\ndata: [DONE]\n\n",
        "error: {\"error\":{\"message\":\"m\",\"code\":500}}\n\n",
        "data: {\"type\":\"speech.audio.de"
      })
  void eventsThatStopBeforeTheLastOneAreNoEnd(String tail) {
    String body = delta(0, 1_000) + tail;
    try (Stage stage = stage("sse", ScriptedServer.Answer.of(200, "text/event-stream", body))) {
      RecordingSink sink = stage.say("Hello.");
      assertThat(sink.outcome()).startsWith("UNAVAILABLE: ");
      assertThat(sink.pcm()).isEqualTo(Arrays.copyOf(PCM, 1_000));
    }
  }

  @Test
  void aBodyThatIsCutIsAnErrorNotAnEnd() {
    try (Stage stage =
        stage(
            "pcm",
            ScriptedServer.Answer.audio("audio/pcm", Arrays.copyOf(PCM, 1_000))
                .ending(ScriptedServer.Ending.CUT))) {
      RecordingSink sink = stage.say("Hello.");
      assertThat(sink.outcome()).startsWith("UNAVAILABLE: ").contains("broke off");
      assertThat(sink.pcm()).hasSize(1_000);
      assertThat(stage.server.asked()).hasSize(1);
    }
  }

  private static final String LONG = "This is the sentence number %d, and it is not a short one.";

  @ParameterizedTest
  @ValueSource(strings = {"pcm", "sse"})
  void aBodyThatMayBeWholeAndHasNoEndIsNotWaitedFor(String format) {
    String text = LONG.formatted(1);
    byte[] pcm = EmulatedSpeech.pcm(text, 24_000);
    byte[] sent =
        format.equals("pcm")
            ? pcm
            : new JsonObject()
                .put("type", "speech.audio.delta")
                .put("audio", Base64.getEncoder().encodeToString(pcm))
                .toString()
                .transform(event -> "data: " + event + "\n\n")
                .getBytes(StandardCharsets.UTF_8);
    try (Stage stage =
        stage(
            format,
            ScriptedServer.Answer.audio("audio/pcm", sent).ending(ScriptedServer.Ending.NEVER))) {
      RecordingSink sink = stage.say(text);
      assertThat(sink.outcome()).isEqualTo("end");
      assertThat(sink.pcm()).isEqualTo(pcm);
      assertThat(sink.wasUnconfirmed()).as("not to be kept").isTrue();
      stage.server.awaitLeft();
      assertThat(stage.server.asked()).hasSize(1);
    }
  }

  @Test
  void aListThatIsCutOrHasNoEndToItSaysSoInWords() {
    List<byte[]> endless = Collections.nCopies(17, new byte[1 << 20]);
    Map<String, ScriptedServer.Answer> answers =
        Map.of(
            "broke off in mid-answer",
            ScriptedServer.Answer.of(200, "application/json", "{\"data\":[")
                .ending(ScriptedServer.Ending.CUT),
            "more than 16 MiB",
            ScriptedServer.Answer.audio("application/json", endless.toArray(new byte[0][]))
                .ending(ScriptedServer.Ending.NEVER));
    answers.forEach(
        (words, answer) -> {
          try (Stage stage = stage("pcm", answer)) {
            CompletableFuture<?> offered = stage.engine.offered().toCompletableFuture();
            assertThatThrownBy(() -> offered.orTimeout(20, TimeUnit.SECONDS).join())
                .hasCauseInstanceOf(VoicebusException.class)
                .hasMessageContaining(words);
          }
        });
  }

  @Test
  void aCancelClosesTheConnection() {
    try (Stage stage =
        stage(
            "pcm",
            ScriptedServer.Answer.audio("audio/pcm", Arrays.copyOf(PCM, 1_000))
                .ending(ScriptedServer.Ending.NEVER))) {
      RecordingSink sink = new RecordingSink();
      Speech speech = stage.engine.speak(Utterance.of("Hello."), sink);
      sink.awaitSound();
      speech.cancel();
      sink.cancelled();
      stage.server.awaitLeft();
      assertThat(sink.faults()).isEmpty();
    }
  }

  /** Every shape of error that was seen, and every status that means something. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "401|{\"error\":{\"message\":\"m\",\"code\":\"invalid_api_key\"}}|UNAUTHENTICATED|KEY",
        "401||UNAUTHENTICATED|KEY",
        "403|{\"error\":\"text\"}|UNAUTHENTICATED|permission",
        "402|{}|QUOTA|credits",
        "429|{\"error\":{\"code\":\"insufficient_quota\"}}|QUOTA|credits",
        "400|{\"error\":{\"code\":\"content_policy_violation\"}}|BLOCKED|refuses",
        "400|{\"error\":{\"param\":\"voice\",\"code\":null}}|NOT_FOUND|openai-speech-voice",
        "400|{\"detail\":{\"error\":\"validation_error\","
            + "\"message\":\"Voice 'bob' not found. Available voices: a, b\"}}|NOT_FOUND|-voice",
        "404|{\"detail\":\"Unknown voice: bob\"}|NOT_FOUND|openai-speech-voice",
        "422|{\"detail\":[{\"type\":\"enum\",\"loc\":[\"body\", \"voice\"]}]}|NOT_FOUND|-voice",
        "400|{\"error\":{\"param\":\"model\"}}|INVALID_REQUEST|openai-speech-model",
        "404|{\"detail\":\"Not Found\"}|INVALID_REQUEST|base-url",
        "400|{\"detail\":{\"error\":\"validation_error\",\"message\":\"m\","
            + "\"type\":\"invalid_request_error\"}}|INVALID_REQUEST|validation_error",
        "422|{\"detail\":[{\"type\":\"missing\",\"loc\":[\"body\",\"input\"],"
            + "\"msg\":\"m\"}]}|INVALID_REQUEST|missing",
        "400|{\"error\":{\"code\":17}}|INVALID_REQUEST|17",
        "400|no JSON|INVALID_REQUEST|settings",
        "302||UNAVAILABLE|sign-in",
        "307|<html>|UNAVAILABLE|openai-speech-base-url",
        "413|{}|TOO_LARGE|less",
        "408|{}|UNAVAILABLE|again",
        "500|{\"detail\":{\"error\":\"processing_error\"}}|UNAVAILABLE|processing_error",
        "503|{\"error\":{\"message\":\"Loading model\",\"code\":503}}|UNAVAILABLE|loads",
        "504|<html>|UNAVAILABLE|slow",
        "200|{\"error\":\"at status 200\"}|UNAVAILABLE|not speech",
      })
  void anAnswerThatIsNoAudioIsToldInWordsToActOn(
      int status, String body, String kind, String advice) {
    String text = body == null ? "" : body;
    try (Stage stage = stage("pcm", ScriptedServer.Answer.of(status, "application/json", text))) {
      RecordingSink sink = stage.say("Somebody will refuse me.");
      assertThat(sink.outcome()).startsWith(kind + ": ").contains(advice);
      assertThat(sink.outcome()).doesNotContain("Somebody");
    }
  }

  @Test
  void oneTooManyWaitsAndIsSaidLater() {
    AtomicInteger asked = new AtomicInteger();
    ScriptedServer.Answer busy =
        ScriptedServer.Answer.of(429, "application/json", "{\"error\":{\"code\":429}}");
    try (Stage stage =
        new Stage(
            new JsonObject(),
            any ->
                asked.incrementAndGet() <= 2
                    ? busy
                    : ScriptedServer.Answer.audio("application/octet-stream", PCM))) {
      RecordingSink sink = stage.say("Hello.");
      assertThat(sink.outcome()).isEqualTo("end");
      assertThat(stage.server.asked()).hasSize(3);
      assertThat(sink.reasons())
          .isNotEmpty()
          .allMatch(why -> why.contains("takes no more at once"));
    }
  }

  /** Who waits behind those that were refused waits for the same. */
  @Test
  void whoeverComesWhileTheServerWantsToBeLeftAloneKnowsWhyHeWaits() {
    ScriptedServer.Answer busy =
        ScriptedServer.Answer.of(429, "application/json", "{\"error\":{\"code\":429}}")
            .with("retry-after", "30");
    try (Stage stage = stage("pcm", busy)) {
      RecordingSink first = stage.say("First.");
      assertThat(first.awaitStates(2)).containsExactly("works", "waits");
      // when
      RecordingSink second = stage.say("Second.");
      assertThat(second.awaitStates(1)).containsExactly("waits");
      // then
      assertThat(second.reasons()).isEqualTo(first.reasons()).allMatch(why -> !why.isEmpty());
      assertThat(stage.server.asked()).hasSize(1);
    }
  }

  @Test
  void aServerThatWantsToBeLeftAloneForMinutesIsAskedOnceAndThatIsTold() {
    ScriptedServer.Answer away =
        ScriptedServer.Answer.of(429, "application/json", "{\"error\":{\"code\":429}}")
            .with("retry-after", "100");
    try (Stage stage = stage("pcm", away)) {
      for (int times = 0; times < 3; times++) {
        assertThat(stage.say("Hello.").outcome())
            .startsWith("RATE_LIMITED: ")
            .contains("left alone for 100 s", "takes no more at once")
            .doesNotContain("tried again");
      }
      assertThat(stage.server.asked()).hasSize(1);
    }
  }

  /** A body without times that ends in good form says nothing of what is missing. */
  @Test
  void anAnswerThatIsHalfAsLongAsOthersWasCut() {
    String text = "The museum opens at nine, and it closes rather late in the evening.";
    byte[] whole = new byte[2 * 24 * 65 * text.length()];
    Arrays.fill(whole, (byte) 8);
    byte[] half = Arrays.copyOf(whole, whole.length / 4 * 2);
    AtomicInteger asked = new AtomicInteger();
    try (Stage stage =
        new Stage(
            new JsonObject(),
            any ->
                ScriptedServer.Answer.audio(
                    "audio/pcm", asked.incrementAndGet() % 4 == 0 ? half : whole))) {
      for (int round = 0; round < 2; round++) {
        for (int times = 0; times < 3; times++) {
          assertThat(stage.say(text).outcome()).isEqualTo("end");
        }
        assertThat(stage.say(text).outcome()).startsWith("UNAVAILABLE: ").contains("broke off");
      }
    }
  }

  @Test
  void theRateOfATryThatWasNotHeardIsForgotten() {
    AtomicInteger asked = new AtomicInteger();
    byte[] silence = new byte[2_000];
    try (Stage stage =
        new Stage(
            new JsonObject(),
            any ->
                asked.incrementAndGet() == 1
                    ? ScriptedServer.Answer.audio("audio/L16; rate=16000", silence)
                    : ScriptedServer.Answer.audio("audio/pcm", PCM))) {
      RecordingSink sink = stage.say("Hello.");
      assertThat(sink.outcome()).isEqualTo("end");
      assertThat(sink.pcm()).isEqualTo(PCM);
      assertThat(sink.rateHz()).isEqualTo(24_000);
    }
  }

  @Test
  void whoStandsInLineOnceMoreIsNotSilent() {
    // given: room for one, and a connection that breaks twice
    JsonObject one = new JsonObject().put("openai-speech-concurrency", 1);
    AtomicInteger asked = new AtomicInteger();
    try (Stage stage =
        new Stage(
            one,
            any ->
                ScriptedServer.Answer.audio("audio/pcm")
                    .ending(
                        asked.incrementAndGet() <= 2
                            ? ScriptedServer.Ending.CUT
                            : ScriptedServer.Ending.NEVER))) {
      // when
      RecordingSink first = stage.say("First.");
      stage.say("Second.");
      // then: the other one has its place
      assertThat(stage.server.awaitAsked(3)).containsExactly("First.", "First.", "Second.");
      assertThat(first.awaitStates(4)).containsExactly("works", "waits", "works", "waits");
    }
  }

  @Test
  void aServerThatSaysWhenIsNotAskedSooner() {
    AtomicInteger asked = new AtomicInteger();
    ScriptedServer.Answer later =
        ScriptedServer.Answer.of(503, "application/json", "{}").with("retry-after", "1");
    try (Stage stage =
        new Stage(
            new JsonObject(),
            any ->
                asked.incrementAndGet() == 1
                    ? later
                    : ScriptedServer.Answer.audio("audio/pcm", PCM))) {
      long begun = System.nanoTime();
      assertThat(stage.say("Hello.").outcome()).isEqualTo("end");
      assertThat(Duration.ofNanos(System.nanoTime() - begun))
          .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }
  }

  @Test
  void whereNobodyIsAllAreToldAtOnce() {
    JsonObject nobody = new JsonObject().put("openai-speech-base-url", "http://127.0.0.1:1");
    try (Stage stage = new Stage(nobody, any -> ScriptedServer.Answer.audio("audio/pcm", PCM))) {
      List<RecordingSink> all = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        all.add(stage.say("Is anybody there?"));
      }
      for (RecordingSink sink : all) {
        assertThat(sink.outcome()).startsWith("UNAVAILABLE: ").contains("is it running?");
        assertThat(sink.asked()).as("nobody was given anything").isZero();
      }
    }
  }

  @Test
  void aServerThatSendsNothingHasFailed() {
    try (Stage stage = stage("pcm", ScriptedServer.Answer.audio("audio/pcm"))) {
      assertThat(stage.say("Hello.").outcome()).startsWith("UNAVAILABLE: ").contains("no sound");
      assertThat(stage.server.asked()).hasSize(3);
      assertThat(stage.say("…").outcome()).isEqualTo("end");
    }
  }

  @Test
  void aServerThatIsNotThereSaysWhatToCheck() {
    JsonObject nobody = new JsonObject().put("openai-speech-base-url", "http://127.0.0.1:1/v1");
    try (Stage stage = new Stage(nobody, any -> ScriptedServer.Answer.audio("audio/pcm"))) {
      assertThat(stage.say("Hello.").outcome())
          .startsWith("UNAVAILABLE: ")
          .contains("openai-speech-base-url");
    }
  }

  @Test
  void extraFieldsMustBeAnObject() {
    Settings settings = new Settings("tts", new JsonObject().put("openai-speech-extra", "[1]"));
    assertThatThrownBy(() -> OpenAiSettings.read(settings))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("JSON object");
  }

  private static Stage stage(String format, ScriptedServer.Answer answer) {
    return new Stage(new JsonObject().put("openai-speech-format", format), any -> answer);
  }

  private static String delta(int from, int to) {
    String audio = Base64.getEncoder().encodeToString(Arrays.copyOfRange(PCM, from, to));
    return "data: {\"type\":\"speech.audio.delta\",\"audio\":\"" + audio + "\"}\n\n";
  }

  private static String done() {
    return "data: {\"type\":\"speech.audio.done\",\"usage\":{\"total_tokens\":9}}\n\n";
  }

  @Test
  void theSpeedOfAnUtteranceWinsOverTheOneThatWasSet() {
    JsonObject settings =
        new JsonObject().put("openai-speech-api-key", "secret").put("openai-speech-speed", "1.5");
    try (Stage stage = new Stage(settings, any -> ScriptedServer.Answer.audio("", PCM))) {
      RecordingSink sink = new RecordingSink();
      stage.engine.speak(new Utterance("Hello.", "", "", "", "", TurnPlace.NONE, 0.8), sink);
      assertThat(sink.outcome()).isEqualTo("end");
      assertThat(stage.server.asked().get(0).body().getDouble("speed")).isEqualTo(0.8);
    }
  }
}
