package io.voicebus.tts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import io.voicebus.contract.Settings;
import org.junit.jupiter.api.Test;

class EngineCatalogTest {
  private final EngineCatalog catalog = EngineCatalog.local();

  @Test
  void opensTheEmbeddedVoiceUnlessToldOtherwise() {
    try (SpeechEngine engine = catalog.open(settings(new JsonObject()), 3)) {
      assertThat(engine.name()).isEqualTo("embedded");
      assertThat(engine.traits().maxConcurrent()).isEqualTo(3);
    }
  }

  @Test
  void opensTheEngineThatIsNamed() {
    try (SpeechEngine engine =
        catalog.open(settings(new JsonObject().put("engine", "scripted")), 1)) {
      assertThat(engine.name()).isEqualTo("scripted");
    }
  }

  @Test
  void namesTheEnginesThereAreIfThereIsNoSuchOne() {
    assertThatThrownBy(
            () ->
                catalog
                    .with(
                        "cloud",
                        (settings, slots) -> ScriptedVoice.of(Script.plain(), Delays.real()))
                    .open(settings(new JsonObject().put("engine", "clod")), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'clod'")
        .hasMessageContaining("one of cloud, embedded, scripted");
  }

  private static Settings settings(JsonObject values) {
    return new Settings("tts", values);
  }
}
