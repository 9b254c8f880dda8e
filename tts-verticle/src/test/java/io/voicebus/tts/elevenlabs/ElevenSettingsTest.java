package io.voicebus.tts.elevenlabs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Clock;
import io.voicebus.contract.Settings;
import io.voicebus.tts.EngineCatalog;
import io.voicebus.tts.engine.SpeechEngine;
import io.voicebus.tts.engine.SpeedRange;
import io.voicebus.tts.service.ServiceStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ElevenSettingsTest {
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    ServiceStage.await(vertx.close());
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

  @Test
  void aSpeedGoesIntoAnUtterancesVoiceSettingsAsFarAsTheServiceTakesIt() {
    JsonObject values =
        new JsonObject()
            .put("elevenlabs-api-key", "secret")
            .put("elevenlabs-stability", 0.5)
            .put("elevenlabs-speed", 1.1);
    ElevenSettings settings = ElevenSettings.read(new Settings("tts", values));
    JsonObject stable = new JsonObject().put("stability", 0.5);
    assertThat(settings.voiceSettings(0)).isEqualTo(stable.copy().put("speed", 1.1));
    assertThat(settings.voiceSettings(0.8)).isEqualTo(stable.copy().put("speed", 0.8));
    assertThat(settings.voiceSettings(2)).isEqualTo(stable.copy().put("speed", 1.2));
    assertThat(
            ElevenWire.of(settings)
                .utterance("c", "v", "Hi.", 0.1)
                .get(0)
                .getValue("voice_settings"))
        .isEqualTo(stable.copy().put("speed", 0.7));
    assertThat(settings.speeds().lacks(2)).isTrue();
    assertThat(settings.speeds().fault("elevenlabs", 2))
        .isEqualTo(
            "elevenlabs speaks from 0.7 to 1.2 times as fast as usual: it speaks at 1.2 instead of 2;"
                + " ask for that, or choose another engine");
    assertThat(SpeedRange.NONE.fault("scripted", 0.5)).startsWith("scripted has one speed only");
  }
}
