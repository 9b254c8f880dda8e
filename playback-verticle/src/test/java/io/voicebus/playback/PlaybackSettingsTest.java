package io.voicebus.playback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import io.voicebus.contract.Settings;
import io.voicebus.contract.SharedConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaybackSettingsTest {
  private static PlaybackSettings settings(JsonObject config) {
    return PlaybackSettings.of(new Settings("playback", config));
  }

  @Test
  void hasDefaults() {
    assertThat(settings(new JsonObject()))
        .isEqualTo(
            new PlaybackSettings(PlayoutLimits.DEFAULTS, SharedConfig.DEFAULT_MAX_TURNS, "seams"));
  }

  @Test
  void takesWhatIsConfigured() {
    // when
    PlaybackSettings settings =
        settings(
            new JsonObject()
                .put("lookahead-ms", 5_000)
                .put("turn-bytes", "3000000")
                .put("chunk-bytes", 4_000_000)
                .put("max-turns", 7)
                .put("processing", "none"));
    // then
    assertThat(settings)
        .isEqualTo(new PlaybackSettings(new PlayoutLimits(5_000, 3_000_000, 4_000_000), 7, "none"));
  }

  @ParameterizedTest
  @CsvSource({
    "lookahead-ms,0",
    "turn-bytes,1000",
    "chunk-bytes,1.5",
    "max-turns,many",
    "processing,loud",
    "look-ahead-ms,5000"
  })
  void namesTheSettingThatIsWrong(String key, String value) {
    assertThatThrownBy(() -> settings(new JsonObject().put(key, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + key + "'");
  }
}
