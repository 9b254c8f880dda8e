package io.voicebus.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voicebus.contract.Pace;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TurnJsonTest {
  private final TurnJson json = new TurnJson(100);

  @Test
  void dropsTheByteOrderMarkThatEditorsPutBeforeText() {
    assertThat(json.plain(utf8("\uFEFFhello"), Map.of(), Pace.ASAP).prompt()).isEqualTo("hello");
    assertThat(json.parse(utf8("\uFEFF{\"prompt\": \"hello\"}"), Pace.ASAP).prompt())
        .isEqualTo("hello");
  }

  @Test
  void countsThePromptInUtf8() {
    assertThat(json.plain(utf8("👍".repeat(25)), Map.of(), Pace.ASAP).prompt()).hasSize(50);
    assertThatThrownBy(() -> json.plain(utf8("👍".repeat(26)), Map.of(), Pace.ASAP))
        .hasMessageContaining("104 bytes");
  }

  @Test
  void hasRoomForAPromptThatIsWrittenWithEscapes() {
    // given
    String body = "{\"prompt\": \"" + "\\u00e9".repeat(50) + "\"}";
    // then
    assertThat((long) body.length()).isLessThan(json.maxBodyBytes());
    assertThat(json.parse(utf8(body), Pace.ASAP).prompt()).isEqualTo("é".repeat(50));
  }

  @Test
  void refusesNamesThatAreTooLongOrHaveControlCharacters() {
    String tooLong = "v".repeat(TurnJson.MAX_NAME_CHARS + 1);
    assertThatThrownBy(() -> json.plain(utf8("a"), Map.of("voice", tooLong), Pace.ASAP))
        .hasMessageContaining("'voice' must have at most 200 characters");
    assertThatThrownBy(() -> json.plain(utf8("a"), Map.of("conversation", "a\nb"), Pace.ASAP))
        .hasMessageContaining("'conversation'");
  }

  @Test
  void cutsWrongValuesInItsMessages() {
    assertThatThrownBy(
            () ->
                json.parse(
                    utf8("{\"prompt\": \"a\", \"pace\": \"" + "x".repeat(90) + "\"}"), Pace.ASAP))
        .hasMessageEndingWith("not '" + "x".repeat(40) + "…'");
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
