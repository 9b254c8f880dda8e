package io.voicebus.gemini;

import static io.voicebus.gemini.GeminiBench.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Clock;
import io.voicebus.bus.NodePacket;
import io.voicebus.bus.Roster;
import io.voicebus.bus.VertxBus;
import io.voicebus.emulators.GeminiEmulator;
import io.voicebus.emulators.GeminiEmulatorOptions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeminiVerticleTest {
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    await(vertx.close());
  }

  private String deploy(JsonObject config) {
    return await(
        vertx.deployVerticle(new GeminiVerticle(), new DeploymentOptions().setConfig(config)));
  }

  private GeminiEmulator emulator() {
    return await(GeminiEmulator.start(vertx, GeminiEmulatorOptions.DEFAULTS));
  }

  @Test
  void needsNoKeyToReadAloud() {
    assertThat(deploy(new JsonObject())).isNotEmpty();
  }

  @Test
  void saysWhatIsMissingWhenGeminiIsAskedForWithoutAKey() {
    assertThatThrownBy(() -> deploy(new JsonObject().put("source", "gemini")))
        .hasMessageContaining("set GEMINI_API_KEY");
  }

  @Test
  void withAKeyItIsGeminiAndItsConnectionIsWarm() {
    // given
    GeminiEmulator emulator = emulator();
    JsonObject config =
        new JsonObject()
            .put("gemini-api-key", "emulated-key")
            .put("gemini-base-url", emulator.baseUrl());
    // when
    String id = deploy(config);
    // then
    assertThat(emulator.connections()).isEqualTo(1);
    await(vertx.undeploy(id));
  }

  @ParameterizedTest
  @CsvSource({
    "reader, '', '', reader",
    "gemini, gemini-api-key, emulated-key, gemini/gemini-3.5-flash-lite",
    // A model may have the name of a source.
    "openai, openai-api-key, reader, openai/reader"
  })
  void tellsOthersItsSourceAndItsModel(String source, String key, String value, String told) {
    // given
    JsonObject config =
        new JsonObject().put("openai-model", source.equals("openai") ? value : null);
    deploy((key.isEmpty() ? config : config.put(key, value)).put("source", source));
    VertxBus asker = await(VertxBus.register(vertx, Clock.system(), "http"));
    // when
    List<NodePacket.Here> there =
        await(new Roster(asker.inbox()).call(roles -> roles.contains("gemini")));
    // then
    assertThat(there)
        .filteredOn(here -> here.role().equals("gemini"))
        .extracting(NodePacket.Here::worksWith)
        .containsExactly(told);
  }

  @Test
  void withAKeyItStillReadsAloudWhenItIsTold() {
    // given
    GeminiEmulator emulator = emulator();
    JsonObject config =
        new JsonObject()
            .put("source", "reader")
            .put("gemini-api-key", "emulated-key")
            .put("gemini-base-url", emulator.baseUrl());
    // when
    deploy(config);
    // then
    assertThat(emulator.connections()).isZero();
  }

  @Test
  void startsEvenIfTheServiceCannotBeReachedYet() {
    JsonObject config =
        new JsonObject()
            .put("gemini-api-key", "emulated-key")
            .put("gemini-base-url", "http://127.0.0.1:1");
    assertThat(deploy(config)).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "gemini-base-url, ftp://x, gemini-base-url",
    "gemini-base-url, http://, gemini-base-url",
    "gemini-base-url, user:two words@host, gemini-base-url",
    "gemini-model, a/b, gemini-model",
    "gemini-api-version, v1?x, gemini-api-version",
    "gemini-thinking, hard, gemini-thinking",
    "gemini-gap-ms, 0, gemini-gap-ms",
    "gemini-moodel, x, gemini-moodel",
    "gemini-api-key, two words, a key without blanks and accents"
  })
  void refusesAWrongSettingByName(String key, String value, String words) {
    assertThatThrownBy(() -> deploy(new JsonObject().put(key, value)))
        .hasMessageContaining(words)
        .hasMessageNotContaining("two words");
  }
}
