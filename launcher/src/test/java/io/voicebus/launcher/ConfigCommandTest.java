package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.voicebus.contract.Setting;
import io.voicebus.tts.EngineCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

@Timeout(60)
@Isolated("it takes what the process writes")
class ConfigCommandTest extends CommandLineBench {
  @Test
  void everySettingIsAFlagOfEveryCommandThatReadsSettings() {
    // given: a value that nearly no setting takes
    for (Setting<?> setting : AllSettings.all()) {
      err.reset();
      Optional<String> fault =
          setting
              .fault("--" + setting.key(), "\u2603\u2603")
              .or(() -> EngineCatalog.unknownEngine(setting, "\u2603\u2603"));
      // when
      int exit = run(Map.of(), "config", "--" + setting.key() + "=\u2603\u2603");
      // then
      assertThat(exit).as(errors()).isEqualTo(fault.isPresent() ? ExitCodes.USAGE : 0);
      assertThat(errors()).contains(fault.orElse(""));
    }
    for (String command : List.of("serve", "say", "ask", "mcp", "voices", "nodes")) {
      err.reset();
      boolean speaks = command.equals("say") || command.equals("ask");
      String[] typed =
          speaks
              ? new String[] {command, "hi", "--kept-ms", "soon"}
              : new String[] {command, "--kept-ms", "soon"};
      assertThat(run(Map.of(), typed)).isEqualTo(ExitCodes.USAGE);
      assertThat(errors()).contains("--kept-ms is 'soon': it must be milliseconds");
    }
  }

  @Test
  void aFlagThatIsOnOrOffNeedsNoValue() {
    assertThat(run(Map.of(), "config", "--cluster", "--hedge=off", "--spell-out", "off")).isZero();
    assertThat(out().lines()).contains("spell-out=off", "hedge=off", "cluster=on");
  }

  @Test
  void jsonIsNothingButJsonWhateverElseIsToBeTold() {
    // given: what sets nothing, which is told
    Map<String, String> environment =
        Map.of("VOICEBUS_PORT", "tcp://10.0.0.7:8080", "GEMINI_API_KEY", "");
    // when
    assertThat(run(environment, "config", "--json", "--host", "::1")).isZero();
    // then
    assertThat(new JsonArray(out()).getJsonObject(0).getString("key")).isEqualTo("host");
    assertThat(errors())
        .contains("Kubernetes", "GEMINI_API_KEY in the environment is empty: it counts as not set");
  }

  @Test
  void settingsAreExplainedWithWhoHasSetThem() {
    // given
    Map<String, String> environment =
        Map.of("VOICEBUS_MAX_TURNS", "7", "OPENAI_BASE_URL", "http://me:secret@host/v1");
    // when
    assertThat(run(environment, "config", "--explain", "--port", "9090")).isZero();
    // then
    assertThat(out())
        .contains("port = 9090\n    from: --port\n    http: Port to listen on; 0 for any free one.")
        .contains("whole number from 0 to 65535; --port or VOICEBUS_PORT; default: 8080")
        .contains("max-turns = 7\n    from: VOICEBUS_MAX_TURNS in the environment\n    http, play")
        .contains("openai-base-url = http://\u2026@host/v1\n")
        .contains("kept-ms = 600000\n    from: default\n")
        .doesNotContain("secret@");
    AllSettings.keys().forEach(key -> assertThat(out()).contains(key + " = "));
  }

  @Test
  void aValueFromAFileIsExplainedWithTheFile() throws IOException {
    Files.writeString(directory.resolve("number"), "9091\n");
    assertThat(run(Map.of("VOICEBUS_PORT_FILE", "number"), "config", "--explain", "port")).isZero();
    assertThat(out())
        .contains(
            "port = 9091\n    from: " + directory.resolve("number") + " (VOICEBUS_PORT_FILE)\n");
  }

  @Test
  void nobodyIsShownASecret() {
    // given
    Map<String, String> secrets = new HashMap<>();
    AllSettings.all().stream()
        .filter(Setting::isSecret)
        .forEach(setting -> secrets.put(setting.variable(), "tell-nobody-0123456789abcdef"));
    // then
    assertThat(secrets).hasSizeGreaterThanOrEqualTo(5);
    assertThat(run(secrets, "config")).isZero();
    assertThat(run(secrets, "config", "--explain")).isZero();
    assertThat(run(secrets, "config", "--json")).isZero();
    assertThat(out()).contains("gemini-api-key=\u2026").doesNotContain("tell-nobody");
  }

  @Test
  void whatKubernetesSetsIsToldWhereSettingsAreExplained() {
    assertThat(run(Map.of("VOICEBUS_PORT", "tcp://10.0.0.7:80"), "config", "port")).isZero();
    assertThat(out()).contains("port = 8080").contains("# VOICEBUS_PORT=tcp://10.0.0.7:80");
  }

  @Test
  void oneSettingIsExplainedByItsKey() {
    assertThat(run(Map.of(), "config", "emoji")).isZero();
    assertThat(out()).startsWith("emoji = drop").contains("one of drop, name");
    assertThat(run(Map.of(), "config", "emojis")).isEqualTo(ExitCodes.USAGE);
    assertThat(errors()).contains("there is no setting 'emojis': is 'emoji' meant?");
  }
}
