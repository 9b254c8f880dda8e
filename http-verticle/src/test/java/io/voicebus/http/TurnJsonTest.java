package io.voicebus.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voicebus.contract.Pace;
import io.voicebus.contract.Pronunciation;
import io.voicebus.turn.TurnRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

  @Test
  void takesHowWordsAreSaid() {
    assertThat(
            pronounced("{\"SQL\": \"sequel\", \"C++\": \"see plus plus\"}")
                .options()
                .pronunciations())
        .containsExactly(
            new Pronunciation("SQL", "sequel"), new Pronunciation("C++", "see plus plus"));
  }

  @Test
  void refusesPronunciationsThatCannotBeUsed() {
    assertThatThrownBy(() -> pronounced("\"SQL\""))
        .hasMessageContaining("'pronunciations' must be an object of strings");
    assertThatThrownBy(() -> pronounced("{\"SQL\": 1}"))
        .hasMessageContaining("'pronunciations' must be an object of strings: 'SQL' has none");
    assertThatThrownBy(() -> pronounced("{\"SQL\": \"a\", \"SQL\": \"b\"}"))
        .hasMessageContaining("Duplicate field 'SQL'");
    assertThatThrownBy(() -> pronounced("{\"two words\": \"a\"}"))
        .hasMessageContaining("'two words' must be of one word");
    assertThatThrownBy(() -> pronounced("{\"SQL\": \" \"}")).hasMessageContaining("'SQL'");
    assertThatThrownBy(() -> pronounced("{\"SQL\": \"a\\nb\"}")).hasMessageContaining("'SQL'");
    assertThatThrownBy(() -> pronounced("{\"SQL\": \"\\ud83d\"}"))
        .hasMessageContaining("'pronunciations' has half of a surrogate pair");
  }

  @Test
  void boundsThePronunciationsOfATurn() {
    assertThatThrownBy(() -> pronounced("{\"a\": \"" + "b".repeat(4_096) + "\"}"))
        .hasMessageContaining("have 4097 characters: those of a turn may have 4096");
    String many =
        IntStream.rangeClosed(0, 100)
            .mapToObj(i -> "\"w" + i + "\": \"a\"")
            .collect(Collectors.joining(", ", "{", "}"));
    assertThatThrownBy(() -> pronounced(many))
        .hasMessageContaining("there are 101 pronunciations: a turn may bring 100");
  }

  private TurnRequest pronounced(String words) {
    return json.parse(utf8("{\"prompt\": \"a\", \"pronunciations\": " + words + "}"), Pace.ASAP);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void takesASpeedAsAFactorAndRefusesWhatNoVoiceHas() {
    assertThat(
            json.parse(utf8("{\"prompt\": \"a\", \"speed\": 1.25}"), Pace.ASAP).options().speed())
        .isEqualTo(1250);
    assertThat(json.plain(utf8("a"), Map.of("speed", "0.25"), Pace.ASAP).options().speed())
        .isEqualTo(250);
    assertThat(json.plain(utf8("a"), Map.of(), Pace.ASAP).options().speed()).isZero();
    for (String wrong : new String[] {"0", "0.2", "4.1", "-1", "NaN", "fast", "", "1e99"}) {
      assertThatThrownBy(() -> json.plain(utf8("a"), Map.of("speed", wrong), Pace.ASAP))
          .hasMessageContaining("speed is a number from 0.25 to 4");
    }
    assertThatThrownBy(() -> json.parse(utf8("{\"prompt\": \"a\", \"speed\": \"2\"}"), Pace.ASAP))
        .hasMessageContaining("'speed' must be a number");
  }
}
