package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server speaks to itself with the kinds of model and voice that it has, and reaches none. */
class WarmUpTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "VOICEBUS_ENGINE=embedded",
        "VOICEBUS_ENGINE=scripted",
        "GEMINI_API_KEY=g GEMINI_BASE_URL=http://127.0.0.1:1"
            + " ELEVENLABS_API_KEY=e ELEVENLABS_BASE_URL=http://127.0.0.1:1",
        "OPENAI_BASE_URL=http://127.0.0.1:1/v1 OPENAI_MODEL=m"
            + " OPENAI_SPEECH_BASE_URL=http://127.0.0.1:1/v1",
        "GEMINI_API_KEY=g VOICEBUS_FALLBACK=gemini:other ELEVENLABS_API_KEY=e"
            + " VOICEBUS_ENGINES=elevenlabs,embedded VOICEBUS_ACCESS_TOKEN=0123456789abcdef0123456789"
      })
  void speaksToItself(String variables) {
    AtomicInteger rounds = new AtomicInteger();
    int whole = new WarmUp(configuration(variables), () -> rounds.incrementAndGet() > 2).run();
    assertThat(whole).isEqualTo(4);
  }

  @Test
  void endsWhenSomebodyIsThere() {
    assertThat(new WarmUp(configuration("VOICEBUS_ENGINE=embedded"), () -> true).run()).isZero();
  }

  private static Configuration configuration(String variables) {
    Map<String, String> set = new HashMap<>();
    for (String each : variables.split(" ", -1)) {
      String[] parts = each.split("=", 2);
      set.put(parts[0], parts[1]);
    }
    return Configuration.of(set);
  }
}
