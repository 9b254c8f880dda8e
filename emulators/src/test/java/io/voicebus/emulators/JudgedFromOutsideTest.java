package io.voicebus.emulators;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What published clients of the services, unmodified, make of the emulators: the makers' own for
 * Gemini, OpenAI and ElevenLabs, and LiveKit's for ElevenLabs' WebSocket. They are run by Node, and
 * installed with {@code npm ci} in {@code src/test/js}, as {@code ./check} does.
 */
@Tag("slow")
@Timeout(180)
class JudgedFromOutsideTest {
  private static final String RIGHT_VERSION =
      "process.exit(process.versions.node.split('.')[0] >= 20 ? 0 : 1)";

  private static final Path SCRIPTS = Path.of("src", "test", "js");
  private static final String SPEECH = "Hello there, my friend. How is the café today?";
  private static final int WAV_HEAD_BYTES = 44;
  private static final int PATIENCE_SECONDS = 150;

  private static final Vertx VERTX = Vertx.vertx();
  private static final Map<String, JsonObject> RECEIVED = new LinkedHashMap<>();

  private static long contexts;
  private static int peakContexts;

  @BeforeAll
  static void judge(@TempDir Path folder) throws Exception {
    assertThat(Files.isDirectory(SCRIPTS.resolve("node_modules")) && hasNode())
        .as("install Node 20 or newer and npm, and run 'npm ci' in emulators/src/test/js")
        .isTrue();
    GeminiEmulator gemini =
        Probe.await(GeminiEmulator.start(VERTX, GeminiEmulatorOptions.DEFAULTS));
    ElevenEmulator eleven =
        Probe.await(ElevenEmulator.start(VERTX, ElevenOptions.generous().withKeys("emulated-key")));
    OpenAiEmulator openAi = Probe.await(OpenAiEmulator.start(VERTX, OpenAiOptions.DEFAULTS));
    ProcessBuilder builder =
        new ProcessBuilder("node", "judge.mjs")
            .directory(SCRIPTS.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    Path out = folder.resolve("received");
    Map<String, String> environment = builder.environment();
    environment.put("GEMINI_URL", gemini.baseUrl());
    environment.put("ELEVENLABS_URL", eleven.baseUrl());
    environment.put("OPENAI_URL", openAi.baseUrl());
    environment.put("KEY", "emulated-key");
    environment.put("SPEECH", SPEECH);
    environment.put("OUT", out.toString());
    Process node = builder.start();
    try {
      assertThat(node.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    } finally {
      node.destroyForcibly();
    }
    for (String line : Files.readAllLines(out)) {
      JsonObject received = new JsonObject(line);
      RECEIVED.put(received.getString("case"), received);
    }
    contexts = eleven.counters().contexts();
    peakContexts = eleven.counters().peakContexts();
  }

  @AfterAll
  static void close() {
    Probe.await(VERTX.close());
  }

  private static boolean hasNode() throws InterruptedException {
    try {
      Process node = new ProcessBuilder("node", "-e", RIGHT_VERSION).start();
      return node.waitFor(20, TimeUnit.SECONDS) && node.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static JsonObject received(String name) {
    assertThat(RECEIVED).containsKey(name);
    JsonObject received = RECEIVED.getOrDefault(name, new JsonObject());
    assertThat(received.getString("failed")).isNull();
    return received;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gemini: a stream, v1beta",
        "gemini: a stream, v1",
        "openai: a stream",
        "openai: a whole answer"
      })
  void answersArriveWhole(String name) {
    assertThat(received(name).getString("text")).isEqualTo(GeminiEmulatorOptions.CANNED);
  }

  @Test
  void reasonsAndCountsArriveToo() {
    assertThat(received("gemini: a stream, v1").getString("reason")).isEqualTo("STOP");
    assertThat(received("openai: a stream").getString("reason")).isEqualTo("stop");
    assertThat(received("openai: a stream").getInteger("tokens")).isEqualTo(20);
    assertThat(received("openai: models").getString("text")).contains("gpt-4o-mini", "kokoro");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "openai: speech as pcm",
        "openai: speech as wav",
        "elevenlabs-js: stream",
        "elevenlabs-js: convert",
        "elevenlabs-js: stream with timestamps",
        "livekit: one",
        "livekit: another",
        "livekit: later"
      })
  void speechArrivesWholeToTheLastSample(String name) {
    byte[] audio = Base64.getDecoder().decode(received(name).getString("audio"));
    byte[] pcm =
        name.endsWith("wav") ? Arrays.copyOfRange(audio, WAV_HEAD_BYTES, audio.length) : audio;
    assertThat(EmulatedSpeech.textOf(pcm).strip()).isEqualTo(SPEECH);
  }

  @Test
  void timingsArriveToo() {
    assertThat(received("elevenlabs-js: stream with timestamps").getString("text"))
        .isEqualTo(SPEECH);
  }

  @Test
  void utterancesShareAWebSocketInContextsOfTheirOwn() {
    received("livekit: later");
    assertThat(contexts).isEqualTo(3);
    assertThat(peakContexts).isEqualTo(2);
  }

  @Test
  void errorsAreUnderstood() {
    assertThat(received("gemini: a wrong key").getInteger("status")).isEqualTo(400);
    assertThat(received("gemini: a wrong key").getString("text")).contains("API_KEY_INVALID");
    assertThat(received("openai: errors").getString("text"))
        .isEqualTo(
            "AuthenticationError 401 invalid_api_key null; NotFoundError 404 model_not_found null;"
                + " BadRequestError 400 decimal_above_max_value temperature");
    assertThat(received("elevenlabs-js: a wrong key").getString("text"))
        .isEqualTo("ElevenLabsError 401 invalid_api_key");
  }
}
