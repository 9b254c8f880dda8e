package io.voicebus.tts.elevenlabs;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.voicebus.emulators.ElevenFault;
import io.voicebus.emulators.ElevenOptions;
import io.voicebus.emulators.ElevenScript;
import io.voicebus.emulators.EmulatedSpeech;
import io.voicebus.tts.engine.RecordingSink;
import io.voicebus.tts.engine.Speech;
import io.voicebus.tts.engine.TurnPlace;
import io.voicebus.tts.engine.Utterance;
import io.voicebus.tts.service.ScriptedServer;
import io.voicebus.tts.service.ServiceStage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ElevenHttpTest {
  private static final ElevenOptions GENEROUS = ElevenOptions.generous();
  private static final JsonObject HTTP = new JsonObject().put("elevenlabs-transport", "http");
  private static final ElevenScript SLOW =
      ElevenScript.instant().paced(Duration.ofMillis(5), 0.05).inPieces(100, true);

  @ParameterizedTest
  @ValueSource(strings = {"on", "off"})
  void everySampleArrivesThoughPiecesSplitThem(String timings) {
    try (ElevenStage stage = stage(GENEROUS, timings)) {
      RecordingSink sink = stage.say("Grüße aus Köln, 3 mal.");
      assertThat(sink.outcome()).isEqualTo("end");
      assertThat(EmulatedSpeech.textOf(sink.pcm())).isEqualTo("Grüße aus Köln, 3 mal.");
      assertThat(sink.faults()).isEmpty();
      assertThat(stage.emulator().counters().sockets()).isZero();
    }
  }

  @Test
  void framesEndWhereWordsEnd() {
    try (ElevenStage stage = stage(GENEROUS)) {
      RecordingSink sink = stage.say("One two, three.");
      assertThat(sink.outcome()).isEqualTo("end");
      int bytes = 0;
      List<Integer> told = new ArrayList<>();
      for (int i = 0; i < sink.frames().size(); i++) {
        bytes += sink.frames().get(i).length;
        int chars = sink.progress().get(i);
        if (chars > 0 && !told.contains(chars)) {
          told.add(chars);
          assertThat(bytes)
              .isEqualTo(EmulatedSpeech.pcm("One two, three.".substring(0, chars), 24_000).length);
        }
      }
      assertThat(told).containsExactly(3, 8, 15);
    }
  }

  @Test
  void aModelThatSocketsRefuseIsAskedOverHttpWithoutBeingTold() {
    try (ElevenStage stage =
        new ElevenStage(
            GENEROUS,
            ServiceStage.IMPATIENT,
            new JsonObject().put("elevenlabs-model", "eleven_v3"))) {
      stage.engine().warm().toCompletableFuture().join();
      assertThat(stage.say("Hello?").outcome()).isEqualTo("end");
      assertThat(stage.emulator().counters().refusals()).isLessThanOrEqualTo(1); // of the models
    }
  }

  @Test
  void aModelOfWhichItTurnsOutThatSocketsRefuseItMovesToHttpOnceAndForAll() {
    try (ElevenStage stage = new ElevenStage(GENEROUS)) {
      stage.emulator().refuseUpgrades(100, 400, "unsupported_model");
      RecordingSink sink = new RecordingSink();
      stage.engine().speak(new Utterance("Hello?", "sarah", "", ""), sink);
      assertThat(sink.outcome()).isEqualTo("end");
      assertThat(stage.say("And again.").outcome()).isEqualTo("end");
      assertThat(stage.emulator().counters().requests()).isEqualTo(2);
    }
  }

  @Test
  void theTextAroundAnUtteranceIsToldButNotToV3() {
    for (String model : List.of("eleven_multilingual_v2", "eleven_v3")) {
      try (ScriptedServer server = new ScriptedServer(asked -> timed("Now."));
          ElevenStage stage = at(server, new JsonObject().put("elevenlabs-model", model))) {
        RecordingSink sink = new RecordingSink();
        stage.engine().speak(new Utterance("Now.", "sarah", "Before.", "After."), sink);
        assertThat(sink.outcome()).isEqualTo("end");
        JsonObject body = server.asked().get(0).body();
        assertThat(body.getString("text")).isEqualTo("Now.");
        assertThat(body.getString("model_id")).isEqualTo(model);
        boolean told = !model.equals("eleven_v3");
        assertThat(body.containsKey("previous_text")).isEqualTo(told);
        assertThat(body.containsKey("next_text")).isEqualTo(told);
        assertThat(server.asked().get(0).uri())
            .isEqualTo("/v1/text-to-speech/sarah/stream/with-timestamps?output_format=pcm_24000");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "eleven_flash_v2_5, '', fr, fr",
    "eleven_flash_v2_5, de, fr, de",
    "eleven_flash_v2_5, '', '', ''",
    "eleven_v3, '', fr, fr",
    "eleven_multilingual_v2, '', fr, ''"
  })
  void theLanguageIsToldToModelsThatTakeOne(String model, String set, String found, String told) {
    JsonObject settings =
        new JsonObject().put("elevenlabs-model", model).put("elevenlabs-language", set);
    try (ScriptedServer server = new ScriptedServer(asked -> timed("Now."));
        ElevenStage stage = at(server, settings)) {
      RecordingSink sink = new RecordingSink();
      stage.engine().speak(new Utterance("Now.", "", "", "", found, TurnPlace.NONE), sink);
      assertThat(sink.outcome()).isEqualTo("end");
      assertThat(server.asked().get(0).body().getString("language_code", "")).isEqualTo(told);
    }
  }

  @Test
  void anyFieldAndParameterCanBePassedOn() {
    JsonObject settings =
        new JsonObject()
            .put("elevenlabs-extra", "{\"seed\": 7, \"apply_text_normalization\": \"on\"}")
            .put("elevenlabs-query", "enable_logging=false&optimize_streaming_latency=2");
    try (ScriptedServer server = new ScriptedServer(asked -> timed("Now."));
        ElevenStage stage = at(server, settings)) {
      assertThat(stage.say("Now.").outcome()).isEqualTo("end");
      JsonObject body = server.asked().get(0).body();
      assertThat(body.getInteger("seed")).isEqualTo(7);
      assertThat(body.getString("apply_text_normalization")).isEqualTo("on");
      assertThat(body.getString("text")).isEqualTo("Now.");
      assertThat(server.asked().get(0).uri())
          .endsWith("pcm_24000&enable_logging=false&optimize_streaming_latency=2");
    }
  }

  @Test
  void aFieldThatTheModelRefusesIsLeftOutFromThenOn() {
    ElevenOptions options = GENEROUS.withRefusedFields("previous_text", "language_code");
    try (ElevenStage stage = stage(options)) {
      RecordingSink first = new RecordingSink();
      stage.engine().speak(new Utterance("One.", "", "Zero.", "", "de", TurnPlace.NONE), first);
      assertThat(first.outcome()).isEqualTo("end");
      long refusals = stage.emulator().counters().refusals();
      RecordingSink second = new RecordingSink();
      stage.engine().speak(new Utterance("Two.", "", "One.", "", "de", TurnPlace.NONE), second);
      assertThat(second.outcome()).isEqualTo("end");
      assertThat(stage.emulator().counters().refusals()).isEqualTo(refusals);
    }
  }

  @Test
  void aStockVoiceThatTheAccountLacksIsReplacedByOneThatItHas() {
    ElevenOptions options = GENEROUS.withVoices("sarah");
    for (String transport : List.of("http", "socket")) {
      JsonObject settings = new JsonObject().put("elevenlabs-transport", transport);
      try (ElevenStage stage = new ElevenStage(options, ServiceStage.IMPATIENT, settings)) {
        stage.engine().warm().toCompletableFuture().join();
        assertThat(stage.say("Hello?").outcome()).isEqualTo("end");
        assertThat(stage.engine().voices().get(0).id()).isEqualTo("sarah");
      }
    }
  }

  @Test
  void aVoiceThatWasChosenIsNotReplaced() {
    JsonObject settings =
        new JsonObject().put("elevenlabs-transport", "http").put("elevenlabs-voice", "george");
    try (ElevenStage stage =
        new ElevenStage(GENEROUS.withVoices("sarah"), ServiceStage.IMPATIENT, settings)) {
      stage.engine().warm().toCompletableFuture().join();
      assertThat(stage.say("Hello?").outcome()).contains("no such voice");
    }
  }

  @Test
  void aCancelClosesTheConnectionAndFreesThePlan() {
    try (ElevenStage stage = stage(GENEROUS.withScripts(any -> SLOW))) {
      RecordingSink sink = new RecordingSink();
      Speech speech =
          stage.engine().speak(Utterance.of("Never mind what I was about to say."), sink);
      sink.awaitSound();
      speech.cancel();
      sink.cancelled();
      stage.reach(now -> now.requests() >= 1 && now.generating() == 0);
      assertThat(stage.say("Next.").outcome()).isEqualTo("end");
      assertThat(sink.faults()).isEmpty();
    }
  }

  @Test
  void aPlanWithRoomForTwoSaysEightInTurn() {
    ElevenScript paced = ElevenScript.instant().paced(Duration.ofMillis(10), 0.02);
    try (ElevenStage stage = stage(GENEROUS.withMaxConcurrent(2).withScripts(any -> paced))) {
      List<RecordingSink> sinks = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        sinks.add(stage.say("Sentence " + i + "."));
      }
      for (int i = 0; i < 8; i++) {
        assertThat(sinks.get(i).outcome()).isEqualTo("end");
        assertThat(EmulatedSpeech.textOf(sinks.get(i).pcm())).isEqualTo("Sentence " + i + ".");
      }
      assertThat(stage.emulator().counters().peakGenerating()).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void whatBreaksInMidChunkFailsSoThatItGoesOnElsewhere() {
    ElevenScript cut = ElevenScript.instant().failing(ElevenFault.cut(3));
    try (ElevenStage stage = stage(GENEROUS.withScripts(any -> cut))) {
      RecordingSink sink = stage.say("One two three four five.");
      assertThat(sink.outcome()).startsWith("UNAVAILABLE: ").contains("request emulated-");
      assertThat(sink.progress()).contains(3).doesNotContain(24);
    }
  }

  /** Every row of the service's errors, in the shapes that they were seen in. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400|{\"detail\":{\"status\":\"invalid_api_key\",\"message\":\"m\"}}|UNAUTHENTICATED|KEY",
        "401|{\"detail\":{\"type\":\"authentication_error\",\"code\":\"unauthorized\","
            + "\"status\":\"invalid_api_key\"}}|UNAUTHENTICATED|KEY",
        "401|{\"detail\":{\"type\":\"authentication_error\",\"code\":\"new\"}}|UNAUTHENTICATED|KEY",
        "401|{\"detail\":\"Invalid API key\"}|UNAUTHENTICATED|KEY",
        "400|{\"detail\":{\"code\":\"quota_exceeded\"}}|QUOTA|credits",
        "401|{\"detail\":{\"status\":\"quota_exceeded\",\"message\":\"m\"}}|QUOTA|credits",
        "402|{\"detail\":{\"code\":\"quota_exceeded\"}}|QUOTA|credits",
        "403|{\"detail\":{\"code\":\"quota_exceeded\"}}|QUOTA|credits",
        "429|{\"detail\":{\"code\":\"quota_exceeded\"}}|QUOTA|credits",
        "400|{\"detail\":{\"code\":\"max_character_limit_exceeded\"}}|TOO_LARGE|less",
        "400|{\"detail\":{\"code\":\"text_too_long\"}}|TOO_LARGE|less",
        "400|{\"detail\":{\"code\":\"unsupported_model\"}}|INVALID_REQUEST|elevenlabs-model",
        "400|{\"detail\":{\"code\":\"invalid_parameters\"}}|INVALID_REQUEST|elevenlabs-format",
        "402|{\"detail\":{\"code\":\"paid_plan_required\"}}|QUOTA|plan",
        "403|{\"detail\":{\"code\":\"subscription_required\","
            + "\"status\":\"output_format_not_allowed\"}}|QUOTA|plan",
        "403|{\"detail\":{\"code\":\"only_for_creator+\"}}|QUOTA|plan",
        "403|{\"detail\":{\"code\":\"missing_permissions\"}}|UNAUTHENTICATED|permission",
        "403|{\"detail\":{\"type\":\"authorization_error\"}}|UNAUTHENTICATED|permission",
        "404|{\"detail\":{\"type\":\"not_found\",\"code\":\"voice_not_found\"}}|NOT_FOUND|voice",
        "400|{\"detail\":{\"status\":\"voice_not_found\"}}|NOT_FOUND|voice",
        "404|not even JSON|NOT_FOUND|voice",
        "422|{\"detail\":[{\"type\":\"missing\",\"loc\":[\"body\",\"text\"],"
            + "\"msg\":\"Field required\",\"input\":null}]}|INVALID_REQUEST|settings",
        "500|{\"detail\":{\"code\":\"something_went_wrong\"}}|UNAVAILABLE|later",
        "429|{\"detail\":{\"code\":\"system_busy\"}}|UNAVAILABLE|later",
        "503|<html>busy</html>|UNAVAILABLE|later",
        "200|no audio at all|UNAVAILABLE|base-url",
      })
  void anAnswerThatIsNoAudioIsToldByItsCodeFirst(
      int status, String body, String kind, String advice) {
    String type = status == 200 ? "text/html" : "application/json";
    try (ScriptedServer server =
            new ScriptedServer(
                asked -> ScriptedServer.Answer.of(status, type, body).with("request-id", "req-7"));
        ElevenStage stage = at(server, new JsonObject())) {
      RecordingSink sink = stage.say("Somebody will refuse me.");
      assertThat(sink.outcome()).startsWith(kind + ": ").containsIgnoringCase(advice);
      assertThat(sink.outcome()).contains("request req-7").doesNotContain("Somebody");
      boolean retried = kind.equals("UNAVAILABLE") && status != 200;
      assertThat(server.asked()).hasSize(retried ? 3 : 1);
    }
  }

  @Test
  void theRequestIdOfAnErrorIsTakenFromItsBody() {
    String body =
        new JsonObject()
            .put("detail", new JsonObject().put("code", "text_too_long").put("request_id", "ab12"))
            .encode();
    try (ScriptedServer server =
            new ScriptedServer(any -> ScriptedServer.Answer.of(400, "application/json", body));
        ElevenStage stage = at(server, new JsonObject())) {
      assertThat(stage.say("Too long.").outcome()).contains("request ab12");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "concurrent_limit_exceeded",
    "too_many_concurrent_requests",
    "rate_limit_exceeded",
    "of_a_new_kind",
  })
  void oneTooManyWaitsAndIsSaidLater(String code) {
    AtomicInteger requests = new AtomicInteger();
    String body = new JsonObject().put("detail", new JsonObject().put("code", code)).encode();
    try (ScriptedServer server =
            new ScriptedServer(
                asked ->
                    asked.method().equals("POST") && requests.incrementAndGet() <= 3
                        ? ScriptedServer.Answer.of(429, "application/json", body)
                        : timed("I can wait."));
        ElevenStage stage = at(server, new JsonObject())) {
      RecordingSink sink = stage.say("I can wait.");
      assertThat(sink.outcome()).isEqualTo("end");
      assertThat(EmulatedSpeech.textOf(sink.pcm())).isEqualTo("I can wait.");
      assertThat(server.asked()).hasSize(4);
    }
  }

  @Test
  void aBodyThatIsCutWithinALineIsNoEnd() {
    ScriptedServer.Answer whole = timed("Cut short.");
    byte[] line = whole.pieces().get(0);
    ScriptedServer.Answer cut =
        new ScriptedServer.Answer(
            200,
            whole.headers(),
            List.of(Arrays.copyOf(line, line.length / 2)),
            ScriptedServer.Ending.WELL);
    try (ScriptedServer server = new ScriptedServer(any -> cut);
        ElevenStage stage = at(server, new JsonObject())) {
      assertThat(stage.say("Cut short.").outcome()).startsWith("UNAVAILABLE: ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"on", "off"})
  void anAnswerWithoutSoundIsNotTakenForSpeech(String timings) {
    String type = timings.equals("on") ? "application/json" : "audio/pcm";
    try (ScriptedServer server =
            new ScriptedServer(any -> ScriptedServer.Answer.of(200, type, ""));
        ElevenStage stage = at(server, new JsonObject().put("elevenlabs-timings", timings))) {
      assertThat(stage.say("Nobody says this.").outcome())
          .startsWith("UNAVAILABLE: ")
          .contains("no sound");
    }
  }

  @Test
  void linesThatAreEventsAndTimesThatCountFromTheBeginningAreUnderstood() {
    byte[] one = EmulatedSpeech.pcm("One ", 24_000);
    byte[] two = EmulatedSpeech.pcm("two.", 24_000);
    String body = "data: " + line(one, "One ", 0) + "\n\ndata: " + line(two, "two.", 0.24) + "\n\n";
    try (ScriptedServer server =
            new ScriptedServer(any -> ScriptedServer.Answer.of(200, "text/event-stream", body));
        ElevenStage stage = at(server, new JsonObject())) {
      RecordingSink sink = stage.say("One two.");
      assertThat(sink.outcome()).isEqualTo("end");
      assertThat(EmulatedSpeech.textOf(sink.pcm())).isEqualTo("One two.");
      // the last word ends with the last sample, so the last frame is the first to tell it
      assertThat(sink.progress().get(sink.progress().size() - 1)).isEqualTo(8);
      assertThat(sink.progress().subList(0, sink.progress().size() - 1)).doesNotContain(8);
    }
  }

  private static ScriptedServer.Answer timed(String text) {
    return ScriptedServer.Answer.of(
        200, "application/json", line(EmulatedSpeech.pcm(text, 24_000), text, 0) + "\n");
  }

  private static String line(byte[] pcm, String text, double from) {
    JsonArray chars = new JsonArray();
    JsonArray starts = new JsonArray();
    JsonArray ends = new JsonArray();
    for (int i = 0; i < text.length(); i++) {
      chars.add(text.substring(i, i + 1));
      starts.add(from + 0.06 * i);
      ends.add(from + 0.06 * (i + 1));
    }
    return new JsonObject()
        .put("audio_base64", Base64.getEncoder().encodeToString(pcm))
        .put(
            "alignment",
            new JsonObject()
                .put("characters", chars)
                .put("character_start_times_seconds", starts)
                .put("character_end_times_seconds", ends))
        .encode();
  }

  private static ElevenStage stage(ElevenOptions options) {
    return stage(options, "on");
  }

  private static ElevenStage stage(ElevenOptions options, String timings) {
    return new ElevenStage(
        options, ServiceStage.IMPATIENT, HTTP.copy().put("elevenlabs-timings", timings));
  }

  private static ElevenStage at(ScriptedServer server, JsonObject settings) {
    return new ElevenStage(
        GENEROUS,
        ServiceStage.IMPATIENT,
        HTTP.copy().put("elevenlabs-base-url", server.baseUrl()).mergeIn(settings));
  }
}
