package io.voicebus.http.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.voicebus.http.api.RequestJson;
import io.voicebus.http.wire.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What clients of OpenAI's API send. */
class OpenAiFuzzTest {
  @FuzzTest
  void aRequestIsReadOrRefused(byte[] bytes) {
    String body = new String(bytes, StandardCharsets.UTF_8);
    try {
      SpeechOrder order = SpeechOrder.parse(RequestJson.parse(body), 1_000);
      assertThat(order.input()).isNotBlank();
    } catch (ProblemException refused) {
      assertThat(refused.problem().status()).isBetween(400, 499);
    }
    try {
      ChatOrder order = ChatOrder.parse(RequestJson.parse(body), 1_000);
      assertThat(ChatDialogue.of(order.messages(), Map.of()).prompt()).isNotBlank();
    } catch (ProblemException refused) {
      assertThat(refused.problem().status()).isBetween(400, 499);
    }
  }
}
