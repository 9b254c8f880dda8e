package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.voicebus.emulators.GeminiEmulatorOptions;
import io.voicebus.emulators.OpenAiEmulator;
import io.voicebus.emulators.OpenAiOptions;
import io.voicebus.tts.ScriptedVoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
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
 * What published clients of OpenAI's API, unmodified, make of {@code voicebus serve}: OpenAI's own,
 * also of its Realtime API, Vercel's and LiveKit's. They are run by Node, and installed with {@code
 * npm ci} in the emulators' {@code src/test/js}, as {@code ./check} does; without them the test is
 * left out.
 */
@Tag("slow")
@Timeout(180)
class OpenAiClientsTest {
  private static final Path SCRIPTS = Path.of("..", "emulators", "src", "test", "js");
  private static final String SPEECH = "Hello there, my friend. How is the museum today?";
  private static final int WAV_HEAD_BYTES = 44;
  private static final int TENTH_BYTES = 4800;
  private static final int PATIENCE_SECONDS = 120;
  private static final Vertx VERTX = Vertx.vertx();
  private static final Map<String, JsonObject> RECEIVED = new LinkedHashMap<>();

  @BeforeAll
  static void run(@TempDir Path folder) throws Exception {
    assumeTrue(
        Files.isDirectory(SCRIPTS.resolve("node_modules").resolve("@openai")),
        "install Node 20 or newer and npm, and run 'npm ci' in emulators/src/test/js");
    OpenAiEmulator model =
        OpenAiEmulator.start(VERTX, OpenAiOptions.DEFAULTS).await(30, TimeUnit.SECONDS);
    Map<String, String> settings =
        Map.of(
            "VOICEBUS_ENGINE", "scripted",
            "VOICEBUS_SPELL_OUT", "off",
            "VOICEBUS_SOURCE", "openai",
            "OPENAI_BASE_URL", model.baseUrl(),
            "OPENAI_API_KEY", "emulated-key",
            "OPENAI_MODEL", "gpt-4o-mini");
    Path out = folder.resolve("received");
    try (ServeJvm serve = ServeJvm.start(settings, List.of("--port", "0"))) {
      for (String script : List.of("speak.mjs", "converse.mjs")) {
        ProcessBuilder node =
            new ProcessBuilder("node", script)
                .directory(SCRIPTS.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        node.environment().put("VOICEBUS_URL", serve.address());
        node.environment().put("SPEECH", SPEECH);
        node.environment().put("OUT", out.toString());
        await(node.start());
      }
    }
    for (String line : Files.readAllLines(out)) {
      JsonObject received = new JsonObject(line);
      RECEIVED.put(received.getString("case"), received);
    }
  }

  private static void await(Process process) throws InterruptedException {
    try {
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
  }

  @AfterAll
  static void close() throws Exception {
    VERTX.close().await(30, TimeUnit.SECONDS);
  }

  private static JsonObject received(String name) {
    assertThat(RECEIVED).containsKey(name);
    JsonObject received = RECEIVED.getOrDefault(name, new JsonObject());
    assertThat(received.getString("failed")).isNull();
    return received;
  }

  private static byte[] audio(String name) {
    return Base64.getDecoder().decode(received(name).getString("audio"));
  }

  private static String heard(byte[] pcm) {
    return ScriptedVoice.textOf(pcm).replace(" ", "");
  }

  private static byte[] samples(byte[] wav) {
    return Arrays.copyOfRange(wav, WAV_HEAD_BYTES, wav.length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai: speech as pcm", "openai: speech as wav", "ai-sdk: speech"})
  void speechArrivesWholeToTheLastSample(String name) {
    byte[] audio = audio(name);
    boolean isWav = audio[0] == 'R' && audio[1] == 'I';
    assertThat(heard(isWav ? samples(audio) : audio)).isEqualTo(SPEECH.replace(" ", ""));
  }

  /** This client itself leaves out what does not fill its last tenth of a second. */
  @Test
  void aClientThatTakesTenthsOfSecondsGetsAllOfThem() {
    byte[] whole = audio("openai: speech as pcm");
    byte[] tenths = audio("livekit: speech");
    assertThat(tenths).hasSize(whole.length / TENTH_BYTES * TENTH_BYTES);
    assertThat(Arrays.copyOf(whole, tenths.length)).isEqualTo(tenths);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "openai: speech as mp3",
        "openai: speech as opus",
        "openai: speech as flac",
        "openai: speech by default"
      })
  void encodedSpeechIsAsLongAsItIs(String name, @TempDir Path folder)
      throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/ffmpeg")), "there is no ffmpeg");
    Path file = Files.write(folder.resolve("speech"), audio(name));
    Path decoded = folder.resolve("decoded.pcm");
    await(
        new ProcessBuilder(
                "ffmpeg",
                "-v",
                "error",
                "-i",
                file.toString(),
                "-ar",
                "24000",
                "-f",
                "s16le",
                decoded.toString())
            .inheritIO()
            .start());
    long samples = audio("openai: speech as pcm").length / 2;
    assertThat(Files.size(decoded) / 2).isBetween(samples - 2400, samples + 4800);
  }

  @Test
  void mp3IsTheDefault() {
    assertThat(received("openai: speech by default").getString("text")).isEqualTo("audio/mpeg");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "openai: a whole answer",
        "openai: a stream",
        "openai: a whole spoken answer",
        "openai: a spoken stream"
      })
  void theModelsWordsArriveWhole(String name) {
    assertThat(received(name).getString("text")).isEqualTo(GeminiEmulatorOptions.CANNED);
  }

  @Test
  void whatIsHeardIsWhatIsRead() {
    String said = heard(audio("openai: a spoken stream"));
    assertThat(said).contains("Themuseumopensatnine,andthecaféat", "ShallIbookit?");
    assertThat(heard(samples(audio("openai: a whole spoken answer")))).isEqualTo(said);
    assertThat(received("openai: a spoken stream, assembled").getString("text"))
        .isEqualTo("false stop true");
    received("openai: a spoken answer meant by its id");
  }

  @Test
  void anAnswerOfARealtimeSessionIsHeardReadAndRemembered() {
    String name = "agents-realtime: an answer";
    assertThat(received(name).getString("text")).isEqualTo(GeminiEmulatorOptions.CANNED);
    assertThat(received("agents-realtime: its deltas").getString("text"))
        .isEqualTo(GeminiEmulatorOptions.CANNED);
    assertThat(heard(audio(name))).isEqualTo(heard(audio("openai: a spoken stream")));
    assertThat(received("agents-realtime: its history").getString("text"))
        .isEqualTo("user completed, assistant completed, true");
  }

  @Test
  void aRealtimeSessionRemembersNoMoreThanWasHeard() {
    String cut = received("agents-realtime: cut").getString("text");
    assertThat(cut).isNotBlank().isNotEqualTo(GeminiEmulatorOptions.CANNED);
    assertThat(GeminiEmulatorOptions.CANNED).startsWith(cut);
  }

  @Test
  void aRealtimeSessionGoesOnAfterAnInterruptionAndAnError() {
    String[] answers =
        received("agents-realtime: an interruption").getString("text").split("\\|", -1);
    assertThat(answers[0]).isNotEqualTo(GeminiEmulatorOptions.CANNED);
    assertThat(answers[1]).isEqualTo(GeminiEmulatorOptions.CANNED);
    assertThat(answers[2]).isEqualTo("completed");
    assertThat(received("agents-realtime: an error").getString("text")).isEqualTo("unsupported");
  }

  /** An event that lacks a member is none to this client, and it says nothing. */
  @ParameterizedTest
  @ValueSource(strings = {"agents-realtime: deaf to", "agents-realtime: deaf to, interrupted"})
  void noRealtimeEventIsLostOnItsClient(String name) {
    assertThat(received(name).getString("text")).isEmpty();
  }

  @Test
  void modelsAreListedAndErrorsAreUnderstood() {
    assertThat(received("openai: models").getString("text")).contains("voicebus", "tts-1");
    assertThat(received("openai: errors").getString("text"))
        .isEqualTo(
            "BadRequestError 400 invalid_value input;"
                + " BadRequestError 400 unsupported_format response_format;"
                + " BadRequestError 400 model_not_found model");
  }
}
