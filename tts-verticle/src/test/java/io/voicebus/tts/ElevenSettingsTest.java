package io.voicebus.tts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Clock;
import io.voicebus.contract.Settings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ElevenSettingsTest {
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    ElevenStage.await(vertx.close());
  }

  @Test
  void aKeyMakesElevenLabsTheDefault() {
    JsonObject values =
        new JsonObject()
            .put("elevenlabs-api-key", "secret")
            .put("elevenlabs-base-url", "http://127.0.0.1:1");
    try (SpeechEngine engine = open(values)) {
      assertThat(engine.name()).isEqualTo("elevenlabs");
      assertThat(engine.traits().deterministic()).isFalse();
      assertThat(engine.traits().sampleRateHz()).isEqualTo(24_000);
    }
  }

  @Test
  void anotherEngineCanBeNamedInSpiteOfAKey() {
    JsonObject values =
        new JsonObject().put("elevenlabs-api-key", "secret").put("engine", "embedded");
    try (SpeechEngine engine = open(values)) {
      assertThat(engine.name()).isEqualTo("embedded");
    }
  }

  @Test
  void withoutAKeyItDoesNotStartAndSaysWhatToDo() {
    assertThatThrownBy(() -> open(new JsonObject().put("engine", "elevenlabs")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ELEVENLABS_API_KEY")
        .hasMessageContaining("embedded");
  }

  @Test
  void whatIsOutOfRangeIsNamed() {
    for (String key :
        new String[] {
          "elevenlabs-speed",
          "elevenlabs-stability",
          "elevenlabs-base-url",
          "elevenlabs-format",
          "elevenlabs-contexts"
        }) {
      assertThatThrownBy(() -> read(new JsonObject().put(key, "9.x")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(key)
          .hasMessageContaining("'9.x'");
    }
  }

  @Test
  void theSocketsAddressFollowsTheBaseUrl() {
    ElevenSettings settings =
        read(
            new JsonObject()
                .put("elevenlabs-base-url", "https://speech.example/proxy/")
                .put("elevenlabs-language", "de"));
    assertThat(settings.baseUrl().secure()).isTrue();
    assertThat(settings.baseUrl().port()).isEqualTo(443);
    assertThat(settings.socketUri("sarah"))
        .isEqualTo(
            "/proxy/v1/text-to-speech/sarah/multi-stream-input?model_id=eleven_flash_v2_5"
                + "&output_format=pcm_24000&language_code=de&auto_mode=true&inactivity_timeout=60");
  }

  @ParameterizedTest
  @CsvSource({
    "elevenlabs-extra, [1], elevenlabs-extra",
    "elevenlabs-query, flag, name=value",
    "elevenlabs-query, output_format=mp3, elevenlabs-format"
  })
  void whatIsPassedOnMustHaveAForm(String key, String value, String told) {
    Settings settings = new Settings("tts", new JsonObject().put(key, value));
    assertThatThrownBy(() -> ElevenSettings.read(settings)).hasMessageContaining(told);
  }

  @Test
  void theKeyIsNeverPrinted() {
    assertThat(read(new JsonObject().put("elevenlabs-api-key", "secret")).toString())
        .doesNotContain("secret");
  }

  private SpeechEngine open(JsonObject values) {
    Settings settings = new Settings("tts", values);
    SpeechEngine engine = EngineCatalog.all(vertx, Clock.system()).open(settings, 1);
    settings.rejectUnknown();
    return engine;
  }

  private static ElevenSettings read(JsonObject values) {
    return ElevenSettings.read(new Settings("tts", values));
  }
}
