package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voicebus.contract.SharedConfig;
import io.voicebus.http.door.DoorConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationTest {
  @TempDir Path directory;

  @Test
  void flagsWinOverTheEnvironmentWhichWinsOverTheFile() throws IOException {
    // given
    Files.writeString(
        directory.resolve("voicebus.properties"), "port=1001\nhost=::1\nmax-turns=7\n");
    // when
    Configuration configuration =
        Configuration.load(
            Map.of("VOICEBUS_PORT", "1002", "VOICEBUS_HOST", "127.0.0.2"),
            directory,
            Map.of("port", "1003"));
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
  void whoHasSetAValueIsKnown() throws IOException {
    // given
    Files.writeString(directory.resolve("voicebus.properties"), "port=1001\nmax-turns=7\n");
    Map<String, String> environment = Map.of("VOICEBUS_PORT", "1002", "VOICEBUS_HOST", "::1");
    // when
    Configuration configuration =
        Configuration.load(environment, directory, Map.of("host", "127.0.0.2"));
    // then
    assertThat(configuration.origin(DoorConfig.HOST)).contains("--host");
    assertThat(configuration.origin(DoorConfig.PORT)).contains("VOICEBUS_PORT in the environment");
    assertThat(configuration.origin(SharedConfig.MAX_TURNS).orElse(""))
        .startsWith("'max-turns' in ")
        .endsWith("voicebus.properties");
    assertThat(configuration.origin(SharedConfig.DRAIN)).isEmpty();
  }

  @Test
  void aWrongValueIsAnErrorWhereverItStandsAndAllAreToldAtOnce() throws IOException {
    // given
    Files.writeString(directory.resolve("voicebus.properties"), "kept-ms=soon\n");
    // then: also where nobody would take it
    assertThatThrownBy(
            () ->
                Configuration.load(
                    Map.of("VOICEBUS_MAX_TURNS", "0", "GEMINI_THINKING", "much"),
                    directory,
                    Map.of("port", "99999", "gemini-api-key", "two words")))
        .hasMessageContainingAll(
            "'kept-ms' in ",
            "is 'soon': it must be milliseconds from 0 to 3600000, or with a unit",
            "VOICEBUS_MAX_TURNS in the environment is '0': it must be a whole number from 1",
            "GEMINI_THINKING in the environment is 'much': it must be one of auto, default",
            "--port is '99999': it must be a whole number from 0 to 65535",
            "--gemini-api-key must be a key without blanks and accents")
        .hasMessageNotContaining("two words");
  }

  @Test
  void aYamlFileSaysTheSameAsAFileOfProperties() throws IOException {
    // given
    Files.writeString(
        directory.resolve("voicebus.yaml"),
        """
        port: 9090
        cluster: off
        gemini:
          api-key: 0123e4
          model: gemini-3.1-pro
        allowed-hosts: [voice.example, other.example]
        cache-bytes: 64MiB
        """);
    // when
    Configuration configuration = Configuration.load(Map.of(), directory);
    // then: nothing is taken for a number that is none
    assertThat(configuration.of("gemini").getMap())
        .isEqualTo(Map.of("gemini-api-key", "0123e4", "gemini-model", "gemini-3.1-pro"));
    assertThat(configuration.of("http").getMap())
        .isEqualTo(Map.of("port", "9090", "allowed-hosts", "voice.example,other.example"));
    assertThat(configuration.launcher().get(LauncherConfig.CLUSTER)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "prot: 8080 | 'prot', which does not exist: is 'port' meant?",
        "port: | sets 'port', but to nothing",
        "'port: 1\nport: 2' | twice",
        "'gemini: {model: a}\ngemini-model: b' | sets 'gemini-model' twice",
        "'- port' | must have lines such as 'port: 9090'",
        "'port: [1' | is no YAML",
        "'gemini: &a {model: *a}' | has the anchor '&a' on more than one value",
        "'engines: &a [*a]' | has the anchor '&a' on more than one value",
        "'port: [[[[[[[[[[[[[[[[[[[[[' | is nested more than 20 deep",
      })
  void aYamlFileThatIsWrongIsAnErrorThatSaysWhy(String text, String why) throws IOException {
    Files.writeString(directory.resolve("voicebus.yaml"), text.replace("\\n", "\n"));
    assertThatThrownBy(() -> Configuration.load(Map.of(), directory))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("voicebus.yaml")
        .hasMessageMatching("(?s).*(" + Pattern.quote(why) + "|duplicate).*");
  }

  @Test
  void aFileThatIsNoYamlIsToldWithoutItsLineWhichMayHaveAKeyInIt() throws IOException {
    Files.writeString(
        directory.resolve("voicebus.yaml"), "port: 1\ngemini-api-key: [very-secret\n");
    assertThatThrownBy(() -> Configuration.load(Map.of(), directory))
        .hasMessageContaining("voicebus.yaml is no YAML: expected ',' or ']', but got")
        .hasMessageContaining("in line 3")
        .hasMessageNotContaining("very-secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# port: 9090\n", "---\n# nothing yet\n"})
  void aYamlFileInWhichEverythingIsCommentedOutSetsNothing(String text) throws IOException {
    Files.writeString(directory.resolve("voicebus.yaml"), text);
    assertThat(Configuration.load(Map.of(), directory).value(DoorConfig.PORT)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"voicebus.properties, port=90", "voicebus.yaml, port: 90"})
  void aFileMayBeginWithAByteOrderMark(String name, String text) throws IOException {
    Files.writeString(directory.resolve(name), "\ufeff" + text);
    Files.writeString(directory.resolve("key"), "\ufeffsecret\r\n");
    Configuration configuration =
        Configuration.load(Map.of("GEMINI_API_KEY_FILE", "key"), directory);
    assertThat(configuration.value(DoorConfig.PORT)).hasValue("90");
    assertThat(configuration.of("gemini").getString("gemini-api-key")).isEqualTo("secret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "VOICEBUS_PROXY | ftp://me:secret@host | 'ftp://…@host': it must be like http://host:3128",
        "VOICEBUS_PUBLIC_URL | ftp://host | it must be where people find the server",
        "VOICEBUS_VOICE_ALIASES | nova | it must be pairs like nova=embedded/kevin16",
        "VOICEBUS_PEERS | ::, | it must be host:port,host:port",
        "VOICEBUS_FALLBACK | gemini,claude | it must be gemini, openai, or one of them with a model",
        "VOICEBUS_ENGINE | elevenlab | it must be one of command, elevenlabs",
        "VOICEBUS_ENGINES | embedded,embedded | it must be some of command, elevenlabs",
        "ELEVENLABS_EXTRA | [1] | it must be a JSON object, such as {\"seed\": 7}",
        "ELEVENLABS_QUERY | flag | it must be name=value&name=value",
        "OPENAI_SPEECH_EXTRA | x | it must be a JSON object",
      })
  void aWrongValueStopsEveryCommandWhicheverRoleReadsIt(
      String variable, String value, String told) {
    assertThatThrownBy(() -> Configuration.load(Map.of(variable, value), directory))
        .hasMessageContaining(variable + " in the environment is '")
        .hasMessageContaining(told)
        .hasMessageNotContaining("secret");
  }

  @Test
  void aKeyThatAFileSetsTwiceIsAnError() throws IOException {
    Files.writeString(directory.resolve("voicebus.properties"), "port=1\nport=2\n");
    assertThatThrownBy(() -> Configuration.load(Map.of(), directory))
        .hasMessageContaining("sets 'port' twice");
  }

  /** Windows' names of folders have what a file of properties takes for a character. */
  @Test
  void aBackslashThatIsNoneOfOneIsAnErrorThatNamesTheFile() throws IOException {
    Files.writeString(directory.resolve("voicebus.properties"), "cache-directory=C:\\users\n");
    assertThatThrownBy(() -> Configuration.load(Map.of(), directory))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("voicebus.properties has a backslash and u");
  }

  @Test
  void ofTwoFilesNoneIsChosenInSilence() throws IOException {
    Files.writeString(directory.resolve("voicebus.properties"), "port=1\n");
    Files.writeString(directory.resolve("voicebus.yaml"), "port: 2\n");
    assertThatThrownBy(() -> Configuration.load(Map.of(), directory))
        .hasMessageContaining("voicebus.properties and voicebus.yaml: keep one");
    // but one that is named is
    assertThat(
            Configuration.load(Map.of(), directory, Map.of("config", "voicebus.yaml"))
                .value(DoorConfig.PORT))
        .contains("2");
  }

  @Test
  void aSecretMayBeInAFileOfItsOwn() throws IOException {
    Files.writeString(directory.resolve("key"), "k-1\n");
    Files.writeString(directory.resolve("voicebus.properties"), "elevenlabs-api-key-file=key\n");
    Configuration configuration =
        Configuration.load(Map.of(), directory, Map.of("gemini-api-key-file", "key"));
    assertThat(configuration.of("gemini").getString("gemini-api-key")).isEqualTo("k-1");
    assertThat(configuration.of("tts").getString("elevenlabs-api-key")).isEqualTo("k-1");
  }
}
