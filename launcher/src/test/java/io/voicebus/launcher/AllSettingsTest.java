package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.voicebus.chunker.ChunkerVerticle;
import io.voicebus.contract.Setting;
import io.voicebus.gemini.GeminiVerticle;
import io.voicebus.http.HttpVerticle;
import io.voicebus.playback.PlaybackVerticle;
import io.voicebus.tts.TtsVerticle;
import io.voicebus.wyoming.WyomingVerticle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AllSettingsTest {
  private static final Map<String, Supplier<VerticleBase>> VERTICLES =
      Map.of(
          "http", HttpVerticle::new,
          "wyoming", WyomingVerticle::new,
          "gemini", GeminiVerticle::new,
          "chunker", ChunkerVerticle::new,
          "tts", TtsVerticle::new,
          "playback", PlaybackVerticle::new);

  @Test
  void theVerticleOfEveryRoleIsTried() {
    assertThat(VERTICLES.keySet())
        .as("VERTICLES in this test")
        .containsAll(Arrays.stream(Role.values()).map(Role::word).toList());
  }

  static Stream<String> roles() {
    return VERTICLES.keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("roles")
  void aRoleReadsTheSettingsThatItHasAndNoOthers(String role) {
    // given
    Vertx vertx = Vertx.vertx(EventLoops.options());
    try {
      // when: it is asked for one that nobody has
      DeploymentOptions options =
          new DeploymentOptions().setConfig(new JsonObject().put("no-such", 1));
      Supplier<VerticleBase> verticle = Objects.requireNonNull(VERTICLES.get(role));
      assertThatThrownBy(() -> Waiting.on(vertx.deployVerticle(verticle.get(), options)))
          .rootCause()
          .satisfies(
              fault -> {
                // then: it tells those that it has read
                String said = String.valueOf(fault.getMessage());
                assertThat(said).startsWith(role + " has no setting 'no-such': it has ");
                assertThat(Arrays.asList(said.replaceFirst(".*: it has ", "").split(", ")))
                    .containsExactlyInAnyOrderElementsOf(keys(role));
              });
    } finally {
      Waiting.quietly(vertx.close());
    }
  }

  private static Set<String> keys(String role) {
    return AllSettings.of(role).stream().map(Setting::key).collect(Collectors.toSet());
  }

  @Test
  void oneKeyIsOneSettingWhoeverHasIt() {
    Map<String, Setting<?>> byKey = new LinkedHashMap<>();
    Stream.concat(roles(), Stream.of(AllSettings.LAUNCHER))
        .flatMap(role -> AllSettings.of(role).stream())
        .forEach(
            setting ->
                assertThat(byKey.merge(setting.key(), setting, (one, other) -> one))
                    .as(setting.key())
                    .isSameAs(setting));
    assertThat(AllSettings.all()).containsExactlyInAnyOrderElementsOf(byKey.values());
  }

  @Test
  void everyDefaultIsAllowedItself() {
    for (Setting<?> setting : AllSettings.all()) {
      assertThat(setting.fallbackText().flatMap(text -> setting.fault(setting.key(), text)))
          .isEmpty();
    }
  }

  @Test
  void noSettingIsAFileForAnother() {
    // else its variable would be taken for the file that has the other's value
    Set<String> known = Set.of("access-token-file");
    for (String key : AllSettings.keys()) {
      assertThat(FoundSettings.inFile(key).isEmpty() || known.contains(key)).as(key).isTrue();
    }
  }

  /** Writes the tables of the documentation with {@code -Dwrite}; else they must be as they are. */
  @Test
  void theReadmeListsAllSettings() throws IOException {
    check("README.md", "settings", AllSettings.all().stream());
  }

  @Test
  void theDocumentationOfTheServerListsItsSettings() throws IOException {
    check("docs/http.md", "http-settings", AllSettings.of("http").stream());
  }

  private static void check(String file, String mark, Stream<Setting<?>> settings)
      throws IOException {
    Path path = Path.of("..", file);
    String begin = "<!-- " + mark + " -->\n";
    String end = "<!-- /" + mark + " -->";
    String table =
        settings
            .map(
                s ->
                    "| `%s` | `%s` | %s | %s | %s |"
                        .formatted(
                            s.key(),
                            s.variable(),
                            String.join(", ", AllSettings.roles(s)),
                            s.fallbackInWords(),
                            s.meaning()))
            .collect(
                Collectors.joining(
                    "\n",
                    "| key | variable | role | default | meaning |\n|---|---|---|---|---|\n",
                    "\n"));
    String text = Files.readString(path);
    int from = text.indexOf(begin) + begin.length();
    String written = text.substring(0, from) + table + text.substring(text.indexOf(end));
    if (System.getProperty("write") != null) {
      Files.writeString(path, written);
    }
    assertThat(Files.readString(path))
        .as(
            "run: mvn -pl launcher -am test -Dtest=AllSettingsTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -Dwrite")
        .isEqualTo(written);
  }
}
