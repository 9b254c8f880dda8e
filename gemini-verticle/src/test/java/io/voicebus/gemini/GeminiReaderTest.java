package io.voicebus.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.voicebus.bus.FailureKind;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeminiReaderTest {
  private static final String REAL =
      "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\" book it?\"},{\"text\":\"\","
          + "\"thoughtSignature\":\"QUJDRA==\"}],\"role\":\"model\"},\"finishReason\":\"STOP\","
          + "\"index\":0}],\"usageMetadata\":{\"promptTokenCount\":21,\"candidatesTokenCount\":22,"
          + "\"thoughtsTokenCount\":7,\"totalTokenCount\":50},"
          + "\"modelVersion\":\"gemini-3.5-flash-lite\",\"responseId\":\"aa11\"}";

  private final GeminiReader reader =
      new GeminiReader(new ServiceWords("Gemini", "key", "model", "url", "check url", "tokens"));

  private ModelChunk read(String data) {
    byte[] bytes = ("x" + data + "x").getBytes(StandardCharsets.UTF_8);
    return reader.read(bytes, 1, bytes.length - 2);
  }

  @Test
  void readsARealOne() {
    ModelChunk chunk = read(REAL);
    assertThat(chunk.text()).isEqualTo(" book it?");
    assertThat(chunk.finish()).isEqualTo(ModelFinish.COMPLETE);
    assertThat(chunk.fault()).isEmpty();
    assertThat(reader.usage()).isEqualTo(new ModelUsage("gemini-3.5-flash-lite", 21, 22, 7));
  }

  @Test
  void aCountOfTokensUnderZeroIsNone() {
    read("{\"usageMetadata\":{\"promptTokenCount\":-5,\"candidatesTokenCount\":9}}");
    assertThat(reader.usage()).isEqualTo(new ModelUsage("", 0, 9, 0));
  }

  @Test
  void theLastUsageWinsAndWhatIsNotSaidStaysAsItWas() {
    // given
    read("{\"usageMetadata\":{\"promptTokenCount\":5,\"candidatesTokenCount\":1}}");
    // when
    read("{\"usageMetadata\":{\"candidatesTokenCount\":9,\"thoughtsTokenCount\":1e2}}");
    read("{\"usageMetadata\":null}");
    // then
    assertThat(reader.usage()).isEqualTo(new ModelUsage("", 5, 9, 100));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"candidates\":null}",
        "{\"candidates\":[null,7]}",
        "{\"candidates\":[{\"content\":{\"parts\":null}}]}",
        "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":null},{\"functionCall\":{}}]}}]}",
        "{\"candidates\":[{\"index\":1,\"content\":{\"parts\":[{\"text\":\"other\"}]}}]}",
        "{\"candidates\":[{\"finishReason\":null}],\"promptFeedback\":{\"safetyRatings\":[]}}",
        "{\"error\":null}",
        "{\"candidates\":{\"index\":0},\"usageMetadata\":[1],\"modelVersion\":{}}",
        "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"thought\",\"thought\":true}]}}]}"
      })
  void whatIsMissingOrStrangeIsNothing(String data) {
    assertThat(read(data).text()).isEmpty();
    assertThat(read(data).finish()).isEqualTo(ModelFinish.OPEN);
    assertThat(read(data).fault()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[DONE]", "{", "{\"candidates\":[", "{} {}", "7", "null", "{\"a\":\"\\x\"}"})
  void whatIsNoJsonObjectIsAFault(String data) {
    assertThat(read(data).fault()).map(ModelFault::kind).contains(FailureKind.LOST);
  }

  @Test
  void joinsTheTextOfAllPartsButThoughtsWhereverTheMarkIs() {
    String data =
        "{\"candidates\":[{\"index\":1,\"content\":{\"parts\":[{\"text\":\"other\"}]}},"
            + "{\"content\":{\"parts\":[{\"text\":\"a\"},{\"text\":\"hm\",\"thought\":true},"
            + "{\"thought\":true,\"text\":\"hm\"},{\"inlineData\":{\"data\":\"x\"}},"
            + "{\"thought\":false,\"text\":\"b\"}]}}]}";
    assertThat(read(data).text()).isEqualTo("ab");
  }

  @RepeatedTest(300)
  void neverThrowsWhateverComes() {
    // given
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    StringBuilder data = new StringBuilder(REAL);
    String alphabet = "{}[]\",:0nultre\\ é";
    for (int i = 0; i < 1 + random.nextInt(4); i++) {
      int at = random.nextInt(data.length());
      data.setCharAt(at, alphabet.charAt(random.nextInt(alphabet.length())));
    }
    // then
    assertThatCode(() -> read(data.toString())).as("seed %d", seed).doesNotThrowAnyException();
  }
}
