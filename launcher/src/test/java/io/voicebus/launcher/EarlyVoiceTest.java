package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody who speaks with another engine pays for the embedded voice. */
class EarlyVoiceTest {
  private static boolean isLikely(String line, Map<String, String> environment) {
    return EarlyVoice.isLikely(line.isEmpty() ? new String[0] : line.split(" "), environment);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "say -",
        "say -o x.wav Hello",
        "ask Why?",
        "chat",
        "say --speed 2 -",
        "",
        "serve --port 0"
      })
  void isLoadedWhereNothingSaysThatAnotherEngineSpeaks(String line) {
    assertThat(isLikely(line, Map.of("PATH", "/bin", "GEMINI_API_KEY", "x"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "serve --cluster --roles http",
        "--version",
        "voices",
        "say --engine command hello",
        "say --engines=command hello",
        "say --config other.yaml hello",
        "say --help"
      })
  void isNotLoadedForAnythingElse(String line) {
    assertThat(isLikely(line, Map.of())).isFalse();
  }

  @Test
  void norWhereTheEnvironmentNamesAnotherEngine() {
    for (String name : new String[] {"VOICEBUS_ENGINES", "VOICEBUS_ROLES", "ELEVENLABS_API_KEY"}) {
      assertThat(isLikely("say -", Map.of(name, "x"))).as(name).isFalse();
    }
  }
}
