package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.voicebus.emulators.ElevenEmulator;
import io.voicebus.emulators.ElevenOptions;
import io.voicebus.emulators.EmulatedSpeech;
import java.nio.file.Path;
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
 * What {@link PublishedClients} of ElevenLabs' API make of {@code voicebus serve}: ElevenLabs' own
 * and LiveKit's. Behind it is an engine whose speech can be read back, and which tells when words
 * end.
 */
@Tag("slow")
@Timeout(180)
class ElevenLabsClientsTest {
  private static final String SPEECH = "Hello there, my friend. How is the museum today?";
  private static final String VOICE = "JBFqnCBsd6RMkjVDRZzb";
  private static final Vertx VERTX = Vertx.vertx();
  private static @Nullable PublishedClients clients;

  @BeforeAll
  static void run(@TempDir Path folder) throws Exception {
    ElevenEmulator engine =
        ElevenEmulator.start(VERTX, ElevenOptions.generous().withVoices(VOICE))
            .await(30, TimeUnit.SECONDS);
    Map<String, String> settings =
        Map.of(
            "VOICEBUS_ENGINE", "elevenlabs",
            "VOICEBUS_PROCESSING", "none",
            "ELEVENLABS_BASE_URL", engine.baseUrl(),
            "ELEVENLABS_API_KEY", "emulated-key");
    try (ServeJvm serve = ServeJvm.start(settings, List.of("--port", "0"))) {
      clients =
          PublishedClients.run(
              "speak-elevenlabs.mjs", serve.address(), SPEECH, folder.resolve("received"));
    }
  }

  @AfterAll
  static void close() throws Exception {
    VERTX.close().await(30, TimeUnit.SECONDS);
  }

  private static PublishedClients clients() {
    if (clients == null) {
      throw new AssertionError("they have not run");
    }
    return clients;
  }

  private static String plain(String text) {
    return text.replace(" ", "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "elevenlabs-js: stream",
        "elevenlabs-js: convert",
        "elevenlabs-js: stream with timestamps",
        "elevenlabs-js: convert with timestamps",
        "livekit: one",
        "livekit: another",
        "livekit: later",
        "livekit: http"
      })
  void speechArrivesWhole(String name) {
    assertThat(plain(EmulatedSpeech.textOf(clients().audio(name)))).isEqualTo(plain(SPEECH));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"elevenlabs-js: stream with timestamps", "elevenlabs-js: convert with timestamps"})
  void charactersWithTimesAreTheTextAsItWasSent(String name) {
    assertThat(clients().text(name)).isEqualTo(SPEECH);
  }

  @ParameterizedTest
  @ValueSource(strings = {"livekit: one", "livekit: another", "livekit: later"})
  void wordsWithTimesAreThoseThatAreSaid(String name) {
    assertThat(plain(clients().text(name))).isEqualTo(plain(SPEECH));
  }

  @Test
  void mp3IsTheDefault() {
    byte[] mp3 = clients().audio("elevenlabs-js: mp3");
    assertThat(mp3[0] & 0xff).isEqualTo(0xff);
    assertThat(mp3[1] & 0xe0).isEqualTo(0xe0);
  }

  @Test
  void voicesModelsAndTheAccountAreReadAndErrorsAreUnderstood() {
    assertThat(clients().text("elevenlabs-js: voices")).isEqualTo("true true");
    assertThat(clients().text("elevenlabs-js: settings")).isEqualTo("1 0.5");
    assertThat(clients().text("elevenlabs-js: models")).contains("eleven_flash_v2_5", "elevenlabs");
    assertThat(clients().text("livekit: voices")).isNotBlank();
    assertThat(clients().text("elevenlabs-js: account")).isEqualTo("active 2147483647");
    assertThat(clients().text("elevenlabs-js: errors"))
        .isEqualTo(
            "UnprocessableEntityError 422 value_error;" + " ElevenLabsError 404 voice_not_found");
  }
}
