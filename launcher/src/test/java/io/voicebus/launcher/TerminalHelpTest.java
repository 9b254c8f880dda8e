package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import io.voicebus.bus.FailureKind;
import io.voicebus.contract.Setting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

@Timeout(60)
@Isolated("it takes what the process writes")
class TerminalHelpTest extends CommandLineBench {
  @Test
  void helpShowsTheFlagsThatMatterAndSaysWhereTheOthersAre() {
    assertThat(run(Map.of(), "serve", "--help")).isZero();
    assertThat(out())
        .contains("--port=<port>", "--cluster[=on|off]", "--roles=<roles>")
        .contains("Every setting is a flag, too: 'voicebus config --explain' lists them.")
        .doesNotContain("--elevenlabs-style");
    out.reset();
    assertThat(run(Map.of(), "help", "serve")).isZero();
    assertThat(out()).contains("--port=<port>");
  }

  /** Longer lines are broken in odd places; the first one stands in the list of commands. */
  @Test
  void everyLineThatDescribesACommandFitsIntoATerminal() {
    CommandLine whole = new CommandLine(CommandLine.Model.CommandSpec.create());
    SettingSources nothing = new SettingSources(Map.of(), directory, new SettingFlags());
    new Commands(nothing, out).addTo(whole, List.of("help"));
    whole
        .getSubcommands()
        .forEach(
            (name, command) -> {
              if (name.equals("help")) {
                return; // picocli's own
              }
              String[] lines = command.getCommandSpec().usageMessage().description();
              assertThat(lines).as(name).allMatch(line -> line.length() <= 80);
              assertThat(lines[0]).as(name).endsWith(".");
            });
    // and: the same of the whole
    assertThat(run(Map.of(), "--help")).isZero();
    assertThat(out()).contains("or lines of\nvoicebus.properties (port=9090)");
  }

  @Test
  void configSaysThatNothingIsSetAndWhereAllSettingsAreListed() {
    assertThat(run(Map.of("VOICEBUS_READER_DELTAS_PER_SECOND", ""), "config")).isZero();
    assertThat(errors()).contains("no setting is set; 'voicebus config --explain' lists all");
  }

  @Test
  void aFlagThatIsMistypedGetsTheNearest() {
    assertThat(run(Map.of(), "say", "hi", "--elevenlabs-voise", "x")).isEqualTo(ExitCodes.USAGE);
    assertThat(errors())
        .contains("there is no option '--elevenlabs-voise': is '--elevenlabs-voice' meant?");
  }

  @Test
  void aShellCompletesCommandsFlagsAndTheirWords() throws Exception {
    // given
    assertThat(run(Map.of(), "completion")).isZero();
    Path script = Files.writeString(directory.resolve("completion"), out());
    // when: a person has typed this, and presses the tabulator
    String flags = completed(script, "voicebus", "serve", "--gemini-thi");
    String words = completed(script, "voicebus", "serve", "--emoji", "");
    String commands = completed(script, "voicebus", "doc");
    // then
    assertThat(flags).isEqualTo("--gemini-thinking");
    assertThat(words.lines()).containsExactlyInAnyOrder("drop", "name");
    assertThat(commands).isEqualTo("doctor");
  }

  private static String completed(Path script, String... typed) throws Exception {
    String words = "'" + String.join("' '", typed) + "'";
    String line =
        "source '%s'; COMP_WORDS=(%s); COMP_CWORD=%d; _complete_voicebus; printf '%%s\\n' \"${COMPREPLY[@]}\""
            .formatted(script, words, typed.length - 1);
    Process bash =
        new ProcessBuilder("bash", "-c", line)
            // It says that nobody is at the keyboard.
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    bash.getOutputStream().close();
    String shown = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return shown.lines().map(String::strip).reduce((a, b) -> a + "\n" + b).orElse("");
  }

  @Test
  void theManualPageHasAllCommandsSettingsAndExitCodes() {
    assertThat(run(Map.of(), "man")).isZero();
    for (String command : new String[] {"serve", "say", "ask", "chat", "doctor", "config"}) {
      assertThat(out()).contains(".SS voicebus " + command + "\n");
    }
    for (Setting<?> setting : AllSettings.all()) {
      assertThat(out()).contains("\\fB\\-\\-" + setting.key().replace("-", "\\-") + ", ");
    }
    ExitCodes.MEANINGS.keySet().forEach(code -> assertThat(out()).contains("\\fB" + code + "\\fR"));
    // nothing that begins like a request of roff is one by accident
    assertThat(out().lines().filter(line -> line.startsWith(".")))
        .allMatch(line -> line.matches("\\.(TH|SH|SS|PP|TP)( .*)?"));
    assertThat(out().lines()).noneMatch(line -> line.startsWith("'"));
  }

  @ParameterizedTest
  @EnumSource
  void everyKindOfFailureHasAnExitCodeThatTheDocumentationExplains(FailureKind kind)
      throws IOException {
    String docs = Files.readString(Path.of("..", "docs", "command-line.md"));
    int code = ExitCodes.of(kind);
    assertThat(docs).contains("| " + code + " | " + ExitCodes.MEANINGS.get(code) + " |");
  }

  @Test
  void programsGetTheVoicesAsJson() {
    assertThat(run(Map.of(), "voices", "--json")).isZero();
    JsonObject voices = new JsonObject(out());
    assertThat(voices.getJsonArray("speaks")).contains("embedded");
    assertThat(voices.getJsonArray("engines").encode()).contains("embedded/kevin16");
  }

  @Test
  void whoWantsQuietIsToldOnlyWhatGoesWrong() {
    assertThat(run(Map.of(), "say", "-q", "Hello there.", "-o", "x.wav")).isZero();
    assertThat(errors()).isEmpty();
    assertThat(run(Map.of(), "say", "-q", "Hello there.", "-o", "x.txt"))
        .isEqualTo(ExitCodes.USAGE);
    assertThat(errors()).contains("x.txt");
  }

  @Test
  void whoWantsTimingsIsShownWhereTheTimeWent() {
    assertThat(run(Map.of(), "say", "--timings", "Hello there.", "-o", "x.wav")).isZero();
    assertThat(errors())
        .contains("after the text was accepted:")
        .containsPattern("first sound +\\| *#+ *\\| +[\\d.]+ ms  \\+[\\d.]+")
        .containsPattern("end +\\|");
  }
}
