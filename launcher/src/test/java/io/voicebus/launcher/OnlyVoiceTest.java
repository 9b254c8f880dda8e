package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnlyVoiceTest {
  private final Vertx vertx = Vertx.vertx();

  @TempDir Path directory;

  @AfterEach
  void close() {
    Waiting.quietly(vertx.close());
  }

  private String expected(Map<String, String> settings) {
    Map<String, String> environment = new HashMap<>(settings);
    environment.put("LANG", "de_DE.UTF-8");
    return OnlyVoice.expected(Configuration.load(environment, directory), vertx, environment);
  }

  @Test
  void theEmbeddedVoiceExpectsEnglishWhateverTheTerminalsLanguageIs() {
    assertThat(expected(Map.of())).isEqualTo("en");
    assertThat(expected(Map.of("VOICEBUS_ENGINE", "embedded"))).isEqualTo("en");
  }

  @Test
  void voicesThatMaySpeakSeveralLanguagesExpectTheTerminals() {
    assertThat(expected(Map.of("ELEVENLABS_API_KEY", "k"))).isEqualTo("de");
    assertThat(expected(Map.of("VOICEBUS_ENGINE", "scripted"))).isEqualTo("de");
  }
}
