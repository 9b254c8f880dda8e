package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeCommandTest {
  @TempDir Path directory;

  private Duration drain(Map<String, String> environment) {
    return ServeCommand.drain(Configuration.load(environment, directory));
  }

  @Test
  void givesRunningTurnsTheTimeThatTheSettingsGiveThemHoweverLong() {
    assertThat(drain(Map.of())).isEqualTo(Duration.ofSeconds(20));
    assertThat(drain(Map.of("VOICEBUS_DRAIN_MS", "600000"))).isEqualTo(Duration.ofMinutes(20));
    assertThat(drain(Map.of("VOICEBUS_DRAIN_MS", "0"))).isZero();
  }
}
