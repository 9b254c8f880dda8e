package io.voicebus.tts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import io.voicebus.contract.Settings;
import io.voicebus.tts.engine.EngineOpener;
import io.voicebus.tts.engine.SpeechEngine;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EngineChoiceTest {
  private final SortedMap<String, EngineOpener> openers =
      new TreeMap<>(
          Map.<String, EngineOpener>of(
              "embedded", (settings, slots) -> unopened(),
              "program", new Known(false, true),
              "cloud", new Cloud(new Known(false, false))));

  private EngineChoice choice(String... values) {
    JsonObject set = new JsonObject();
    for (int i = 0; i < values.length; i += 2) {
      set.put(values[i], values[i + 1]);
    }
    return new EngineChoice(openers, new Settings("tts", set));
  }

  @Test
  void withoutASettingTheEmbeddedVoiceSpeaks() {
    assertThat(choice().names()).containsExactly("embedded");
    assertThat(choice().hasService()).isFalse();
  }

  @Test
  void anEngineWhoseOwnSettingsChooseItSpeaksInPlaceOfTheEmbeddedVoice() {
    openers.put("cloud", new Cloud(new Known(true, false)));
    assertThat(choice().names()).containsExactly("cloud");
    assertThat(choice("engine", "auto").names()).containsExactly("cloud");
    assertThat(choice().described()).containsExactly("cloud: described");
    assertThat(choice().hasService()).isTrue();
  }

  @Test
  void autoPrefersAProgramThatSoundsBetterThanTheEmbeddedVoice() {
    assertThat(choice("engine", "auto").names()).containsExactly("program");
    assertThat(choice().best()).isEqualTo("program");
  }

  @Test
  void severalEnginesHaveTheirOrder() {
    EngineChoice choice = choice("engines", "embedded, cloud");
    assertThat(choice.names()).containsExactly("embedded", "cloud");
    assertThat(choice.place("cloud")).isEqualTo(2);
    assertThat(choice.place("program")).isZero();
    assertThat(choice.best()).isEqualTo("embedded");
  }

  @Test
  void aTurnMayNameAnotherEngineUnlessTheSettingsNameEngines() {
    assertThat(choice().isNameable("program")).isTrue();
    assertThat(choice().refusal("program")).isEmpty();
    assertThat(choice("engine", "auto").refusal("cloud")).isEmpty();
    assertThat(choice("engine", "embedded").refusal("embedded")).isEmpty();
    assertThat(choice("engine", "embedded").refusal("program"))
        .hasValueSatisfying(reason -> assertThat(reason).contains("engines=embedded,program"));
  }

  @Test
  void wrongValuesAreRefusedWithTheAllowedOnes() {
    assertThatThrownBy(() -> choice("engine", "clod"))
        .hasMessage(
            "tts setting 'engine' is 'clod': it must be one of cloud, embedded, program, auto");
    assertThatThrownBy(() -> choice("engines", "cloud,cloud"))
        .hasMessage(
            "tts setting 'engines' is 'cloud,cloud': it must be some of cloud, embedded, program,"
                + " each once, separated by commas");
    assertThatThrownBy(() -> choice("engine", "cloud", "engines", "cloud,embedded"))
        .hasMessageContaining("both set");
  }

  private static SpeechEngine unopened() {
    throw new UnsupportedOperationException("a choice opens no engine");
  }

  /** An engine with settings of its own. */
  private record Known(boolean isWanted, boolean isBetter) implements EngineOpener.Configured {
    @Override
    public boolean wanted(Settings settings) {
      return isWanted;
    }

    @Override
    public String described(Settings settings) {
      return "described";
    }

    @Override
    public boolean betterHere(Settings settings) {
      return isBetter;
    }

    @Override
    public SpeechEngine apply(Settings settings, Integer slots) {
      return unopened();
    }
  }

  /** A service with settings of its own. */
  private record Cloud(Known known) implements EngineOpener.Service {
    @Override
    public boolean wanted(Settings settings) {
      return known.wanted(settings);
    }

    @Override
    public String described(Settings settings) {
      return known.described(settings);
    }

    @Override
    public SpeechEngine apply(Settings settings, Integer slots) {
      return known.apply(settings, slots);
    }
  }
}
