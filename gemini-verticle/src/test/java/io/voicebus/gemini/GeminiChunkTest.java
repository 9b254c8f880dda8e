package io.voicebus.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.voicebus.contract.FailureKind;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeminiChunkTest {
  private static final String REAL =
      "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\" book it?\"},{\"text\":\"\","
          + "\"thoughtSignature\":\"QUJDRA==\"}],\"role\":\"model\"},\"finishReason\":\"STOP\","
          + "\"index\":0}],\"usageMetadata\":{\"promptTokenCount\":21,\"totalTokenCount\":50},"
          + "\"modelVersion\":\"gemini-3.5-flash-lite\",\"responseId\":\"aa11\"}";

  @Test
  void readsARealOne() {
    GeminiChunk chunk = GeminiChunk.read(REAL);
    assertThat(chunk.text()).isEqualTo(" book it?");
    assertThat(chunk.finish()).contains(GeminiFinish.STOP);
    assertThat(chunk.fault()).isEmpty();
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
        "{\"error\":null}"
      })
  void whatIsMissingOrStrangeIsNothing(String data) {
    assertThat(GeminiChunk.read(data).text()).isEmpty();
    assertThat(GeminiChunk.read(data).finish()).isEmpty();
    assertThat(GeminiChunk.read(data).fault()).isEmpty();
  }

  @Test
  void whatIsNoJsonIsAFault() {
    assertThat(GeminiChunk.read("[DONE]").fault())
        .map(GeminiFault::kind)
        .contains(FailureKind.LOST);
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
    assertThatCode(() -> GeminiChunk.read(data.toString()))
        .as("seed %d", seed)
        .doesNotThrowAnyException();
  }
}
