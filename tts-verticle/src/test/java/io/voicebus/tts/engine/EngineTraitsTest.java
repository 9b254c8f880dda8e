package io.voicebus.tts.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineTraitsTest {
  private static EngineTraits speaking(Set<String> languages) {
    return new EngineTraits(true, 16_000, languages, 0);
  }

  @ParameterizedTest
  @CsvSource({
    "en, false",
    "en-US, false",
    "EN-gb, false",
    "de, true",
    "de-AT, true",
    "pt-BR, true",
    "'', false"
  })
  void aLanguageWithARegionIsTheLanguage(String language, boolean lacking) {
    assertThat(speaking(Set.of("en")).lacks(language)).isEqualTo(lacking);
  }

  @Test
  void anEngineWhoseLanguagesAreNotKnownLacksNone() {
    assertThat(speaking(Set.of()).lacks("de")).isFalse();
  }
}
