package io.voicebus.playback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaybackSettingsTest {
  @Test
  void hasDefaults() {
    assertThat(PlaybackSettings.of(Map.of()))
        .isEqualTo(
            new PlaybackSettings(PlayoutLimits.DEFAULTS, PlaybackSettings.DEFAULT_MAX_TURNS));
  }

  @Test
  void takesWhatIsConfigured() {
    // when
    PlaybackSettings settings =
        PlaybackSettings.of(
            Map.of(
                "lookahead-ms", 5_000,
                "turn-bytes", 3_000_000,
                "chunk-bytes", 4_000_000,
                "max-turns", 7));
    // then
    assertThat(settings)
        .isEqualTo(new PlaybackSettings(new PlayoutLimits(5_000, 3_000_000, 4_000_000), 7));
  }

  @ParameterizedTest
  @CsvSource({"lookahead-ms,0", "turn-bytes,1000", "chunk-bytes,1.5", "max-turns,many"})
  void namesTheValueThatIsWrong(String key, String value) {
    // given
    Object wrong = value.matches("[0-9.]+") ? Double.valueOf(value) : value;
    // then
    assertThatThrownBy(() -> PlaybackSettings.of(Map.of(key, wrong)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(key + " is a whole number from ")
        .hasMessageEndingWith("not " + wrong);
  }
}
