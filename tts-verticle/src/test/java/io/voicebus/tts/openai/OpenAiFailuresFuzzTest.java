package io.voicebus.tts.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.voicebus.tts.engine.Voice;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenAiFailuresFuzzTest {
  @FuzzTest
  void whatAnErrorSaysIsReadOrPassedOver(byte[] bytes) {
    String body = new String(bytes, StandardCharsets.UTF_8);
    assertThat(OpenAiFailures.ofStatus(400, body).detail()).hasSizeBetween(1, 600);
  }

  @Test
  void aListOfVoicesThatIsNoneHasNone() {
    for (String voices : List.of("null", "{}", "7", "[null, 7, {}, {\"id\": 7}]")) {
      assertThat(OpenAiEngine.readVoices("{\"voices\": " + voices + "}")).isEmpty();
    }
    String unnamed = "{\"voices\": [{\"id\": \"v\", \"name\": null}]}";
    assertThat(OpenAiEngine.readVoices(unnamed)).extracting(Voice::name).containsExactly("v");
  }
}
