package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentVariablesTest {
  @TempDir Path directory;

  private FoundSettings found(Map<String, String> environment) {
    FoundSettings found = new FoundSettings(directory);
    EnvironmentVariables.read(environment, found);
    return found;
  }

  /** Texts by key. */
  private Map<String, String> settings(Map<String, String> environment) {
    Map<String, String> texts = new HashMap<>();
    found(environment).values().forEach((key, value) -> texts.put(key, value.text()));
    return texts;
  }

  @ParameterizedTest
  @CsvSource({
    "VOICEBUS_PROT, VOICEBUS_PORT",
    "VOICEBUS_MAX_TURN, VOICEBUS_MAX_TURNS",
    "VOICEBUS_LOGLEVEL, VOICEBUS_LOG_LEVEL",
    "VOICEBUS_CONF, VOICEBUS_CONFIG",
    "VOICEBUS_GEMINI_API_KEY, GEMINI_API_KEY",
    "GEMINI_APIKEY, GEMINI_API_KEY",
    "GEMINI_KEY, GEMINI_API_KEY",
    "GEMINI_MODLE, GEMINI_MODEL",
    "GEMINI_MODEL_NAME, GEMINI_MODEL",
    "OPENAI_KEY, OPENAI_API_KEY",
    "OPENAI_BASEURL, OPENAI_BASE_URL",
    "OPENAI_API_BASE, OPENAI_BASE_URL",
    "OPENAI_VOICE, OPENAI_SPEECH_VOICE",
    "ELEVENLABS_KEY, ELEVENLABS_API_KEY",
    "ELEVENLABS_VOICE_ID, ELEVENLABS_VOICE",
    "ELEVENLABS_MODEL_ID, ELEVENLABS_MODEL",
  })
  void aVariableThatDoesNotExistIsAnErrorThatNamesTheNearest(String wrong, String meant) {
    assertThatThrownBy(() -> settings(Map.of(wrong, "x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(wrong + ", which does not exist")
        .hasMessageContaining("is " + meant + " meant?");
  }

  @Test
  void whereNoneIsNearNoneIsNamed() {
    assertThatThrownBy(() -> settings(Map.of("VOICEBUS_ZZZ", "x")))
        .hasMessageContaining("VOICEBUS_ZZZ")
        .hasMessageContaining("'voicebus config --explain' lists all settings");
  }

  /** As a compose file's {@code ${GEMINI_API_KEY:-}} makes it, and a chart's value of nothing. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "GEMINI_API_KEY",
        "GEMINI_API_KEY_FILE",
        "OPENAI_MODEL",
        "ELEVENLABS_VOICE",
        "VOICEBUS_PORT",
        "VOICEBUS_LOG_LEVEL",
        "VOICEBUS_CONFIG"
      })
  void aVariableThatIsEmptyIsNotSetWhichIsTold(String name) {
    for (String nothing : new String[] {"", " "}) {
      FoundSettings found = found(Map.of(name, nothing));
      assertThat(found.values()).isEmpty();
      assertThat(found.notes())
          .containsExactly(name + " in the environment is empty: it counts as not set");
    }
  }

  @Test
  void whatIsEmptyStandsInNoOtherOnesWay() throws IOException {
    Files.writeString(directory.resolve("key"), "k-1\n");
    assertThat(settings(Map.of("GEMINI_API_KEY", "", "GEMINI_API_KEY_FILE", "key")))
        .isEqualTo(Map.of("gemini-api-key", "k-1"));
    assertThat(settings(Map.of("GEMINI_API_KEY", "k-2", "GEMINI_API_KEY_FILE", "")))
        .isEqualTo(Map.of("gemini-api-key", "k-2"));
    assertThatThrownBy(
            () -> settings(Map.of("OPENAI_API_BASE", "http://a/v1", "OPENAI_BASE_URL", "")))
        .hasMessageContaining("is OPENAI_BASE_URL meant?");
  }

  /** A secret that did not come must not open the door. */
  @ParameterizedTest
  @ValueSource(
      strings = {"VOICEBUS_ACCESS_TOKEN", "VOICEBUS_ACCESS_TOKEN_FILE", "VOICEBUS_CLUSTER_KEYS"})
  void aLockThatIsEmptyIsAnErrorThatSaysWhatToDo(String name) {
    assertThatThrownBy(() -> settings(Map.of(name, " ")))
        .hasMessageContaining(
            name
                + " to an empty value, so anybody would have access: give it a value, or unset it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"warning", "verbose", "3"})
  void aLevelOfTheLogThatIsNoneIsAnErrorAndNotTheFullLog(String level) {
    assertThatThrownBy(() -> settings(Map.of("VOICEBUS_LOG_LEVEL", level)))
        .hasMessage("VOICEBUS_LOG_LEVEL is '" + level + "': it must be ERROR, WARN, INFO or DEBUG");
  }

  @ParameterizedTest
  @ValueSource(strings = {"error", "Info", "DEBUG"})
  void aLevelOfTheLogMayBeWrittenAnyhow(String level) {
    assertThat(settings(Map.of("VOICEBUS_LOG_LEVEL", level))).isEmpty();
  }

  @Test
  void allMistakesAreToldAtOnce() {
    assertThatThrownBy(
            () ->
                settings(
                    Map.of("GEMINI_MODLE", "x", "VOICEBUS_PROT", "", "OPENAI_BASE_URL", "here")))
        .hasMessageContainingAll("GEMINI_MODLE", "VOICEBUS_PROT", "OPENAI_BASE_URL");
  }

  @Test
  void whatKubernetesMakesOfServicesIsLeftAlone() {
    // given: the links of services called voicebus, voicebus-cluster, openai-proxy and gemini
    Map<String, String> links = new HashMap<>();
    for (String service : new String[] {"VOICEBUS", "VOICEBUS_CLUSTER", "OPENAI_PROXY", "GEMINI"}) {
      links.put(service + "_SERVICE_HOST", "10.0.0.7");
      links.put(service + "_SERVICE_PORT", "8080");
      links.put(service + "_SERVICE_PORT_HTTP", "8080");
      links.put(service + "_PORT", "tcp://10.0.0.7:8080");
      links.put(service + "_PORT_8080_TCP", "tcp://10.0.0.7:8080");
      links.put(service + "_PORT_8080_TCP_PROTO", "tcp");
      links.put(service + "_PORT_8080_TCP_PORT", "8080");
      links.put(service + "_PORT_8080_TCP_ADDR", "10.0.0.7");
      links.put(service + "_PORT_53_UDP", "udp://10.0.0.7:53");
    }
    // then
    assertThat(settings(links)).isEmpty();
  }

  @Test
  void whatKubernetesMakesOfAServiceCalledLikeUsIsTold() {
    Map<String, String> links =
        Map.of("VOICEBUS_PORT", "tcp://10.0.0.7:8080", "VOICEBUS_SERVICE_HOST", "10.0.0.7");
    assertThat(found(links).notes())
        .singleElement()
        .asString()
        .startsWith("VOICEBUS_PORT=tcp://10.0.0.7:8080")
        .contains("Kubernetes", "--port");
  }

  @Test
  void aSecretMayBeInAFile() throws IOException {
    // given: as Docker and Kubernetes give secrets
    Files.writeString(directory.resolve("key"), "k-1\n");
    // when
    FoundSettings found = found(Map.of("GEMINI_API_KEY_FILE", "key", "VOICEBUS_CA_FILE", "ca.pem"));
    // then: and what is a file anyway stays one
    assertThat(found.values())
        .hasEntrySatisfying(
            "gemini-api-key",
            key -> {
              assertThat(key.text()).isEqualTo("k-1");
              assertThat(key.origin()).contains("GEMINI_API_KEY_FILE");
            })
        .hasEntrySatisfying("ca-file", file -> assertThat(file.text()).isEqualTo("ca.pem"));
  }

  @ParameterizedTest
  @CsvSource({
    "GEMINI_API_KEY_FILE, none, there is no such file",
    "GEMINI_API_KEY_FILE, ., it is a folder",
    "GEMINI_API_KEY_FILE, empty, which is empty",
    "VOICEBUS_PORT_FILE, word, (VOICEBUS_PORT_FILE) is",
  })
  void aFileThatHasNoValueIsAnErrorThatSaysWhy(String name, String file, String why)
      throws IOException {
    Files.writeString(directory.resolve("empty"), "\n");
    Files.writeString(directory.resolve("word"), "many");
    assertThatThrownBy(() -> settings(Map.of(name, file)))
        .hasMessageContaining(name)
        .hasMessageContaining(why);
  }

  @Test
  void aValueAndAFileForItAreOneTooMany() {
    assertThatThrownBy(() -> settings(Map.of("GEMINI_API_KEY", "k", "GEMINI_API_KEY_FILE", "f")))
        .hasMessageContaining("both GEMINI_API_KEY and GEMINI_API_KEY_FILE");
  }

  @Test
  void openTelemetrysVariablesAreItsOwnButForTheEndpoint() {
    assertThat(
            settings(
                Map.of(
                    "OTEL_SERVICE_NAME",
                    "kitchen",
                    "OTEL_TRACES_SAMPLER",
                    "",
                    "OTEL_EXPORTER_OTLP_ENDPOINT",
                    "http://127.0.0.1:4318")))
        .isEqualTo(Map.of("otel-exporter-otlp-endpoint", "http://127.0.0.1:4318"));
    assertThat(settings(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", ""))).isEmpty();
  }

  @Test
  void aPortOfOursIsStillOne() {
    assertThat(settings(Map.of("VOICEBUS_PORT", "9090"))).isEqualTo(Map.of("port", "9090"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "OPENAI_ORG_ID",
        "OPENAI_ORGANIZATION",
        "OPENAI_PROJECT",
        "OPENAI_LOG",
        "GEMINI_CLI",
        "GEMINI_CLI_IDE_SERVER_PORT",
        "GEMINI_SANDBOX",
        "ELEVENLABS_MCP_BASE_PATH",
        "VOICEBUS_JAVA_OPTIONS",
        "PATH",
      })
  void whatOthersReadIsLeftAlone(String name) {
    assertThat(settings(Map.of(name, "x"))).isEmpty();
  }

  @Test
  void anotherNameOfASettingDoesNoHarmBesideOurs() {
    Map<String, String> both =
        Map.of("OPENAI_API_BASE", "http://a/v1", "OPENAI_BASE_URL", "http://a/v1");
    assertThat(settings(both)).isEqualTo(Map.of("openai-base-url", "http://a/v1"));
  }
}
