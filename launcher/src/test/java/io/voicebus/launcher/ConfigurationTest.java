package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {
  @TempDir Path directory;

  @Test
  void flagsWinOverTheEnvironmentWhichWinsOverTheFile() throws IOException {
    // given
    Files.writeString(
        directory.resolve("voicebus.properties"), "port=1001\nhost=::1\nmax-turns=7\n");
    // when
    Configuration configuration =
        Configuration.load(Map.of("VOICEBUS_PORT", "1002", "VOICEBUS_HOST", "127.0.0.2"), directory)
            .with("port", "1003")
            .with("host", "");
    // then
    assertThat(configuration.of("http").getMap())
        .isEqualTo(Map.of("port", "1003", "host", "127.0.0.2", "max-turns", "7"));
    assertThat(configuration.of("tts")).isEmpty();
  }

  @Test
  void aKeyInTheFileThatDoesNotExistIsNamed() throws IOException {
    Files.writeString(directory.resolve("voicebus.properties"), "prot=8080\n");
    assertThatThrownBy(() -> Configuration.load(Map.of(), directory))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'prot'");
  }

  @Test
  void aFileThatIsNamedMustExist() {
    assertThatThrownBy(
            () -> Configuration.load(Map.of("VOICEBUS_CONFIG", "mine.properties"), directory))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("mine.properties");
  }

  @Test
  void aVariableThatDoesNotExistIsWarnedOf() {
    assertThat(Configuration.load(Map.of("VOICEBUS_PROT", "1"), directory).warnings())
        .singleElement()
        .asString()
        .contains("VOICEBUS_PROT");
  }

  @Test
  void theReadmeListsAllSettings() throws IOException {
    // given
    String table =
        Setting.ALL.stream()
            .map(
                s ->
                    "| `%s` | `%s` | %s | %s | %s |"
                        .formatted(s.key(), s.variable(), s.role(), s.fallback(), s.meaning()))
            .collect(
                Collectors.joining(
                    "\n",
                    "| key | variable | role | default | meaning |\n|---|---|---|---|---|\n",
                    "\n"));
    String readme = Files.readString(Path.of("..", "README.md"));
    // then
    assertThat(readme)
        .as("put this between the settings marks of the README:\n%s", table)
        .contains("<!-- settings -->\n" + table + "<!-- /settings -->");
  }
}
