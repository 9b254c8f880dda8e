package io.voicebus.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerSourceTest {
  private static AnswerSource of(String... keysAndValues) {
    JsonObject config = new JsonObject();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      config.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return AnswerSource.of(config);
  }

  @Test
  void withoutAnyModelThePromptIsRead() {
    AnswerSource source = of();
    assertThat(source.reads()).isTrue();
    assertThat(source.name()).isEqualTo("reader");
    assertThat(source.chosen()).isFalse();
    assertThat(source.warnings()).isEmpty();
  }

  @Test
  void aKeyOfGeminiAloneChoosesGemini() {
    assertThat(of("gemini-api-key", "k").services())
        .containsExactly(
            new AnswerSource.Service(
                "gemini", "gemini-3.5-flash-lite", "generativelanguage.googleapis.com"));
  }

  @ParameterizedTest
  @CsvSource({"openai-base-url, http://127.0.0.1:11434/v1", "openai-api-key, k"})
  void anOpenAiCompatibleServerAloneIsChosen(String key, String value) {
    AnswerSource source = of(key, value, "openai-model", "llama3.2:3b");
    assertThat(source.services())
        .extracting(AnswerSource.Service::source, AnswerSource.Service::model)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("openai", "llama3.2:3b"));
    assertThat(source.chosen()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "openai-base-url, http://127.0.0.1:11434/v1, OPENAI_MODEL",
    "openai-api-key, k, OPENAI_MODEL",
    "openai-model, m, OPENAI_BASE_URL"
  })
  void aServerThatIsSetUpByHalfIsAnErrorAndNeverAnEcho(String key, String value, String missing) {
    assertThatThrownBy(() -> of(key, value))
        .hasMessageContaining("set " + missing)
        .hasMessageContaining("VOICEBUS_SOURCE=reader")
        .hasMessageContaining("any of OPENAI_BASE_URL, OPENAI_API_KEY and OPENAI_MODEL chooses");
  }

  @Test
  void aFallbackThatIsSetUpByHalfIsNotToldToBecomeTheReader() {
    assertThatThrownBy(() -> of("fallback", "openai", "gemini-api-key", "k"))
        .hasMessageContaining("set OPENAI_BASE_URL")
        .hasMessageContaining("leave openai out of VOICEBUS_FALLBACK")
        .hasMessageNotContaining("reader");
  }

  @Test
  void geminiComesFirstAndWhatIsToldComesBeforeAll() {
    String[] both = {"gemini-api-key", "k", "openai-api-key", "k", "openai-model", "m"};
    assertThat(of(both).services())
        .extracting(AnswerSource.Service::source)
        .containsExactly("gemini");
    JsonObject told =
        new JsonObject()
            .put("gemini-api-key", "k")
            .put("openai-api-key", "k")
            .put("openai-model", "m")
            .put("source", "openai")
            .put("fallback", "gemini");
    AnswerSource source = AnswerSource.of(told);
    assertThat(source.services())
        .extracting(AnswerSource.Service::source)
        .containsExactly("openai", "gemini");
    assertThat(source.chosen()).isTrue();
  }

  @Test
  void aFallbackOfTheReaderIsNotDroppedInSilence() {
    AnswerSource source = of("gemini-api-key", "k", "source", "reader", "fallback", "gemini");
    assertThat(source.reads()).isTrue();
    assertThat(source.warnings())
        .singleElement()
        .asString()
        .contains("fallback=gemini", "source=reader", "set source to gemini");
  }
}
