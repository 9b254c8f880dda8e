package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.voicebus.gemini.AnswerSource;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BannerTest {
  private final Vertx vertx = Vertx.vertx();
  private final StringWriter shown = new StringWriter();

  @TempDir Path directory;

  @AfterEach
  void close() {
    Waiting.quietly(vertx.close());
  }

  private String stages(Map<String, String> environment, Set<Role> roles) {
    new Banner(new PrintWriter(shown, true), Configuration.load(environment, directory))
        .stages(vertx, roles);
    return shown.toString();
  }

  private String stages(Map<String, String> environment) {
    return stages(environment, EnumSet.allOf(Role.class));
  }

  @Test
  void saysThatThereIsNoModelAndHowToGetOne() {
    assertThat(stages(Map.of()))
        .contains("no model is set up, so your text is read aloud")
        .contains("GEMINI_API_KEY")
        .contains("voice  embedded: English, robotic");
  }

  @Test
  void namesTheModelAndItsFallback() {
    assertThat(
            stages(
                Map.of(
                    "GEMINI_API_KEY", "k",
                    "VOICEBUS_FALLBACK", "openai",
                    "OPENAI_BASE_URL", "http://127.0.0.1:11434/v1",
                    "OPENAI_MODEL", "llama3.2:3b")))
        .contains("text   gemini: gemini-3.5-flash-lite at generativelanguage.googleapis.com; else")
        .contains("openai: llama3.2:3b at 127.0.0.1")
        .doesNotContain("read aloud");
  }

  @Test
  void namesASourceThatAsksNoService() {
    AnswerSource own = new AnswerSource("shopping", List.of(), true, List.of());
    assertThat(Banner.text(own)).isEqualTo("shopping");
  }

  @Test
  void namesTheEnginesInTheirOrderWithModelAndVoice() {
    assertThat(
            stages(
                Map.of(
                    "VOICEBUS_ENGINES", "openai,embedded",
                    "OPENAI_SPEECH_BASE_URL", "http://127.0.0.1:8880/v1",
                    "OPENAI_SPEECH_MODEL", "kokoro",
                    "OPENAI_SPEECH_VOICE", "af_sky")))
        .contains("voice  openai: kokoro, voice af_sky at 127.0.0.1; else embedded")
        .doesNotContain("set ELEVENLABS_API_KEY");
  }

  @Test
  void namesTheServicesModelAndVoice() {
    assertThat(stages(Map.of("ELEVENLABS_API_KEY", "k", "ELEVENLABS_VOICE", "abc")))
        .contains("voice  elevenlabs: eleven_flash_v2_5, voice abc");
  }

  @Test
  void aNodeTellsOnlyOfWhatItHas() {
    assertThat(stages(Map.of(), EnumSet.of(Role.TTS))).contains("voice").doesNotContain("text");
    shown.getBuffer().setLength(0);
    assertThat(stages(Map.of(), EnumSet.of(Role.HTTP))).isEmpty();
  }

  private String hints(String token) {
    shown.getBuffer().setLength(0);
    Map<String, String> environment =
        token.isEmpty() ? Map.of() : Map.of("VOICEBUS_ACCESS_TOKEN", token);
    new Banner(new PrintWriter(shown, true), Configuration.load(environment, directory))
        .hints("127.0.0.1", 8080);
    return shown.toString();
  }

  @Test
  void theCommandToTryHasTheTokenWhereItsVariableHasNothingElse() {
    assertThat(hints("")).doesNotContain("Bearer");
    assertThat(hints("6f1d0c5b9a8e7d2f")).contains("Bearer $VOICEBUS_ACCESS_TOKEN\"");
    assertThat(hints("hall:6f1d0c5b9a8e7d2f")).contains("Bearer TOKEN\"");
  }
}
