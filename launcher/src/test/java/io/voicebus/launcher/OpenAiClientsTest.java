package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.voicebus.emulators.GeminiEmulatorOptions;
import io.voicebus.emulators.OpenAiEmulator;
import io.voicebus.emulators.OpenAiOptions;
import io.voicebus.tts.scripted.ScriptedVoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What {@link PublishedClients} of OpenAI's API make of {@code voicebus serve}: OpenAI's own, also
 * of its Realtime API, Vercel's and LiveKit's.
 */
@Tag("slow")
@Timeout(180)
class OpenAiClientsTest {
  private static final String SPEECH = "Hello there, my friend. How is the museum today?";
  private static final int WAV_HEAD_BYTES = 44;
  private static final int TENTH_BYTES = 4800;
  private static final Vertx VERTX = Vertx.vertx();
  private static @Nullable PublishedClients clients;
  private static @Nullable PublishedClients realtime;

  @BeforeAll
  static void run(@TempDir Path folder) throws Exception {
    OpenAiEmulator model =
        OpenAiEmulator.start(VERTX, OpenAiOptions.DEFAULTS).await(30, TimeUnit.SECONDS);
    Map<String, String> settings =
        Map.of(
            "VOICEBUS_ENGINE", "scripted",
            "VOICEBUS_SPELL_OUT", "off",
            "VOICEBUS_PROCESSING", "none",
            "VOICEBUS_SOURCE", "openai",
            "OPENAI_BASE_URL", model.baseUrl(),
            "OPENAI_API_KEY", "emulated-key",
            "OPENAI_MODEL", "gpt-4o-mini");
    try (ServeJvm serve = ServeJvm.start(settings, List.of("--port", "0"))) {
      clients =
          PublishedClients.run("speak.mjs", serve.address(), SPEECH, folder.resolve("received"));
      realtime =
          PublishedClients.run("converse.mjs", serve.address(), SPEECH, folder.resolve("said"));
    }
  }

  @AfterAll
  static void close() throws Exception {
    VERTX.close().await(30, TimeUnit.SECONDS);
  }

  private static PublishedClients clients() {
    return ran(clients);
  }

  private static PublishedClients realtime() {
    return ran(realtime);
  }

  private static PublishedClients ran(@Nullable PublishedClients some) {
    if (some == null) {
      throw new AssertionError("they have not run");
    }
    return some;
  }

  private static byte[] audio(String name) {
    return clients().audio(name);
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
    Path file = Files.write(folder.resolve("speech"), audio(name));
    Path decoded = folder.resolve("decoded.pcm");
    PublishedClients.await(
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
    assertThat(clients().text("openai: speech by default")).isEqualTo("audio/mpeg");
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
    assertThat(clients().text(name)).isEqualTo(GeminiEmulatorOptions.CANNED);
  }

  @Test
  void whatIsHeardIsWhatIsRead() {
    String said = heard(audio("openai: a spoken stream"));
    assertThat(said).contains("Themuseumopensatnine,andthecaféat", "ShallIbookit?");
    assertThat(heard(samples(audio("openai: a whole spoken answer")))).isEqualTo(said);
    assertThat(clients().text("openai: a spoken stream, assembled")).isEqualTo("false stop true");
    clients().of("openai: a spoken answer meant by its id");
  }

  @Test
  void anAnswerOfARealtimeSessionIsHeardReadAndRemembered() {
    String name = "agents-realtime: an answer";
    assertThat(realtime().text(name)).isEqualTo(GeminiEmulatorOptions.CANNED);
    assertThat(realtime().text("agents-realtime: its deltas"))
        .isEqualTo(GeminiEmulatorOptions.CANNED);
    assertThat(heard(realtime().audio(name))).isEqualTo(heard(audio("openai: a spoken stream")));
    assertThat(realtime().text("agents-realtime: its history"))
        .isEqualTo("user completed, assistant completed, true");
  }

  @Test
  void aRealtimeSessionRemembersNoMoreThanWasHeard() {
    String cut = realtime().text("agents-realtime: cut");
    assertThat(cut).isNotBlank().isNotEqualTo(GeminiEmulatorOptions.CANNED);
    assertThat(GeminiEmulatorOptions.CANNED).startsWith(cut);
  }

  @Test
  void aRealtimeSessionGoesOnAfterAnInterruptionAndAnError() {
    String[] answers = realtime().text("agents-realtime: an interruption").split("\\|", -1);
    assertThat(answers[0]).isNotEqualTo(GeminiEmulatorOptions.CANNED);
    assertThat(answers[1]).isEqualTo(GeminiEmulatorOptions.CANNED);
    assertThat(answers[2]).isEqualTo("completed");
    assertThat(realtime().text("agents-realtime: an error")).isEqualTo("unsupported");
  }

  /** An event that lacks a member is none to this client, and it says nothing. */
  @ParameterizedTest
  @ValueSource(strings = {"agents-realtime: deaf to", "agents-realtime: deaf to, interrupted"})
  void noRealtimeEventIsLostOnItsClient(String name) {
    assertThat(realtime().text(name)).isEmpty();
  }

  @Test
  void modelsAreListedAndErrorsAreUnderstood() {
    assertThat(clients().text("openai: models")).contains("voicebus", "tts-1");
    assertThat(clients().text("openai: errors"))
        .isEqualTo(
            "BadRequestError 400 invalid_value input;"
                + " BadRequestError 400 unsupported_format response_format;"
                + " BadRequestError 400 model_not_found model");
  }
}
