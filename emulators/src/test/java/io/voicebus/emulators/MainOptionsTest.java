package io.voicebus.emulators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MainOptionsTest {
  private static final GeminiCall CALL =
      new GeminiCall(0, "v1beta", "m", "Say this.", new JsonObject(), Map.of());
  private static final ElevenRequest REQUEST = new ElevenRequest("v", "m", "Hello.", true);

  @Test
  void answersAndPacesAreAsTold() {
    // given
    MainOptions options =
        new MainOptions(
            "--answer",
            "echo",
            "--first-token-ms=7",
            "--tokens-per-second",
            "9",
            "--tokens-per-event=3",
            "--first-byte-ms",
            "11",
            "--real-time-factor=0.5");
    // then
    GeminiScript script = options.gemini().script().apply(CALL);
    assertThat(script.parts()).containsExactly(GeminiPart.text("Say this."));
    assertThat(script.pace()).isEqualTo(new TextPace(7, 9, 3));
    assertThat(options.eleven().scripts().apply(REQUEST).pace())
        .isEqualTo(new SpeechPace(Duration.ofMillis(11), 0.5, 200, true));
  }

  @Test
  void aFaultHitsEverySoManyRequests() {
    // given
    GeminiEmulatorOptions options =
        new MainOptions("--text-fault", "truncated", "--every", "3").gemini();
    // when
    List<GeminiEnding> endings =
        IntStream.range(0, 6).mapToObj(i -> options.script().apply(CALL).ending()).toList();
    // then
    assertThat(endings.get(2)).isEqualTo(GeminiEnding.TRUNCATED);
    assertThat(endings.get(5)).isEqualTo(GeminiEnding.TRUNCATED);
    assertThat(endings.stream().filter(GeminiEnding.STOP::equals)).hasSize(4);
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"NONE", "BLOCKED"})
  void everyFaultIsOneOfEachServiceThatCanHaveIt(MainFault fault) {
    GeminiScript gemini = GeminiScript.answer("x");
    OpenAiChatScript chat = OpenAiChatScript.answer("x");
    boolean ofText = MainFault.TEXT.contains(fault);
    assertThat(fault.apply(gemini).equals(gemini)).isNotEqualTo(ofText);
    assertThat(fault.apply(chat).equals(chat)).isNotEqualTo(ofText);
    boolean hasTimes = fault == MainFault.NULL_TIMES;
    assertThat(fault.apply(OpenAiSpeechScript.instant()).equals(OpenAiSpeechScript.instant()))
        .as("its speech has no times")
        .isEqualTo(hasTimes);
    assertThat(fault.apply(ElevenScript.instant())).isNotEqualTo(ElevenScript.instant());
  }

  @ParameterizedTest
  @CsvSource({
    "--every,0,a whole number from 1",
    "--gemini-port,high,a whole number from 0 to 65535",
    "--real-time-factor,-1,a number from 0",
    "--flavor,sweet,openai",
    "--text-fault,gremlins,there is no fault 'gremlins'",
  })
  void aWrongValueIsNamedWithWhatIsRight(String option, String value, String words) {
    assertThatThrownBy(
            () -> {
              MainOptions options = new MainOptions(option, value);
              options.gemini();
              options.eleven();
              options.openAi();
            })
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(words);
  }

  @Test
  void theHelpNamesEveryOption() {
    assertThat(MainOptions.help()).contains("--openai-port", "--speech-fault", "default: 9101");
  }
}
