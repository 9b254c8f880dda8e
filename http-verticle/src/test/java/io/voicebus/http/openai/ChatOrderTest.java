package io.voicebus.http.openai;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voicebus.http.api.RequestJson;
import io.voicebus.http.wire.ProblemException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatOrderTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":null,\"text\":\"Hi\"}",
        "{\"type\":1,\"text\":\"Hi\"}",
        "{\"type\":\"text\",\"text\":[]}",
        "{\"text\":\"Hi\"}",
        "null",
        "[]"
      })
  void aPartThatIsNoTextIsNamed(String part) {
    String body = "{\"messages\":[{\"role\":\"user\",\"content\":[" + part + "]}]}";
    assertThatThrownBy(() -> ChatOrder.parse(RequestJson.parse(body), 1_000))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("messages[0].content");
  }
}
