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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  @ParameterizedTest
  @CsvSource({
    "prot, port",
    "max_turns, max-turns",
    "VOICEBUS_PORT, port",
    "GEMINI_API_KEY, gemini-api-key",
    "openai-key, openai-api-key"
  })
  void aKeyInTheFileThatDoesNotExistIsAnErrorThatNamesTheNearest(String wrong, String meant)
      throws IOException {
    Files.writeString(directory.resolve("voicebus.properties"), wrong + "=8080\n");
    assertThatThrownBy(() -> Configuration.load(Map.of(), directory))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "sets '" + wrong + "', which does not exist: is '" + meant + "' meant?");
  }

  @Test
  void aKeyInTheFileThatHasNoValueIsAnError() throws IOException {
    Files.writeString(directory.resolve("voicebus.properties"), "gemini-api-key=\n");
    assertThatThrownBy(() -> Configuration.load(Map.of(), directory))
        .hasMessageContaining("sets 'gemini-api-key', but to nothing");
  }

  @Test
  void aFileThatIsNamedMustExist() {
    assertThatThrownBy(
            () -> Configuration.load(Map.of("VOICEBUS_CONFIG", "mine.properties"), directory))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "mine.properties, which VOICEBUS_CONFIG names: there is no such file");
  }

  @Test
  void aFolderOrAFileOfAnotherEncodingIsNamedAsWhatItIs() throws IOException {
    assertThatThrownBy(() -> Configuration.load(Map.of("VOICEBUS_CONFIG", "."), directory))
        .hasMessageContaining("it is a folder");
    Files.write(directory.resolve("latin.properties"), new byte[] {'#', (byte) 0xE9, '\n'});
    assertThatThrownBy(
            () -> Configuration.load(Map.of("VOICEBUS_CONFIG", "latin.properties"), directory))
        .hasMessageContaining("it is not UTF-8");
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
