package io.voicebus.tts.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Clock;
import io.voicebus.contract.Outbound;
import io.voicebus.contract.Settings;
import io.voicebus.emulators.EmulatedSpeech;
import io.voicebus.emulators.OpenAiEmulator;
import io.voicebus.emulators.OpenAiFlavor;
import io.voicebus.emulators.OpenAiOptions;
import io.voicebus.emulators.OpenAiSpeechCall;
import io.voicebus.emulators.OpenAiSpeechScript;
import io.voicebus.tts.engine.RecordingSink;
import io.voicebus.tts.engine.SpeechSink;
import io.voicebus.tts.engine.Utterance;
import io.voicebus.tts.service.ServiceStage;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Kokoro-FastAPI tells when each word is said, if it is asked in the right place. */
class OpenAiCaptionsTest {
  private final Vertx vertx = Vertx.vertx();
  private final List<OpenAiSpeechCall> calls = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    ServiceStage.await(vertx.close());
  }

  private OpenAiEngine engine(OpenAiFlavor flavor, JsonObject more) {
    OpenAiOptions options =
        OpenAiOptions.DEFAULTS
            .withKey("")
            .withFlavor(flavor)
            .withSpeech(
                call -> {
                  calls.add(call);
                  return OpenAiSpeechScript.instant();
                });
    OpenAiEmulator server = ServiceStage.await(OpenAiEmulator.start(vertx, options));
    JsonObject values =
        new JsonObject().put("openai-speech-base-url", server.baseUrl()).mergeIn(more);
    Settings settings = new Settings("tts", values);
    OpenAiEngine engine =
        new OpenAiEngine(
            vertx,
            Clock.system(),
            OpenAiSettings.read(settings),
            ServiceStage.IMPATIENT,
            Outbound.read(settings));
    engine.warm().toCompletableFuture().join();
    return engine;
  }

  private static RecordingSink say(OpenAiEngine engine, String text) {
    RecordingSink sink = new RecordingSink();
    engine.speak(Utterance.of(text), sink);
    assertThat(sink.outcome()).isEqualTo("end");
    return sink;
  }

  @Test
  void whereItTellsThemFramesEndWithWords() {
    RecordingSink sink = say(engine(OpenAiFlavor.FASTAPI, new JsonObject()), "Hello there, you.");
    assertThat(sink.progress()).contains(5, 12).doesNotContain(SpeechSink.UNKNOWN);
    assertThat(sink.pcm()).isEqualTo(EmulatedSpeech.pcm("Hello there, you.", 24_000));
    assertThat(calls.get(0).captioned()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"OPENAI, on", "PLAIN, on", "FASTAPI, off"})
  void elsewhereItIsAskedAsAnyOther(OpenAiFlavor flavor, String timings) {
    OpenAiEngine engine = engine(flavor, new JsonObject().put("openai-speech-timings", timings));
    RecordingSink sink = say(engine, "Hello there, you.");
    assertThat(sink.pcm()).isEqualTo(EmulatedSpeech.pcm("Hello there, you.", 24_000));
    assertThat(calls).noneMatch(OpenAiSpeechCall::captioned);
  }
}
