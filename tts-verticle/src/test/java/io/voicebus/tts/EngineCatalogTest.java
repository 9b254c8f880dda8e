package io.voicebus.tts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voicebus.contract.VoicebusException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EngineCatalogTest {
  private final EngineCatalog catalog = EngineCatalog.local();

  @Test
  void opensTheEmbeddedVoiceUnlessToldOtherwise() {
    try (SpeechEngine engine = catalog.open(Map.of("embedded-threads", "3"))) {
      assertThat(engine.name()).isEqualTo("embedded");
      assertThat(engine.traits().maxConcurrent()).isEqualTo(3);
    }
  }

  @Test
  void opensTheEngineThatIsNamed() {
    try (SpeechEngine engine = catalog.open(Map.of("engine", "scripted"))) {
      assertThat(engine.name()).isEqualTo("scripted");
    }
  }

  @Test
  void namesTheEnginesThereAreIfThereIsNoSuchOne() {
    assertThatThrownBy(
            () ->
                catalog
                    .with("cloud", settings -> ScriptedVoice.of(Script.plain(), Delays.real()))
                    .open(Map.of("engine", "clod")))
        .isInstanceOf(VoicebusException.class)
        .hasMessageContaining("'clod'")
        .hasMessageContaining("one of cloud, embedded, scripted");
  }

  @Test
  void namesTheSettingThatIsWrong() {
    assertThatThrownBy(() -> catalog.open(Map.of("embedded-threads", "many")))
        .isInstanceOf(VoicebusException.class)
        .hasMessageContaining("embedded-threads is 'many'");
  }
}
