package io.voicebus.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OfferedLanguagesTest {
  private static EngineVoice voice(String language) {
    return new EngineVoice("a", "A", language);
  }

  @Test
  void aVoiceOfOneLanguageIsOfferedInThat() {
    assertThat(OfferedLanguages.of(voice("cy"))).containsExactly("cy");
  }

  @Test
  void aVoiceThatDoesNotTellIsOfferedInMany() {
    assertThat(OfferedLanguages.of(voice(""))).startsWith("en", "de").hasSizeGreaterThan(10);
  }

  @Test
  void voicesAreOfferedInTheLanguagesOfAllOfThemEachOnce() {
    assertThat(OfferedLanguages.of(Stream.of(voice("de"), voice("cy"), voice("en"), voice("de"))))
        .containsExactly("en", "de", "cy");
    assertThat(OfferedLanguages.of(Stream.of(voice("cy"), voice(""))))
        .contains("en", "cy")
        .doesNotContain("")
        .doesNotHaveDuplicates();
  }

  @Test
  void thereIsAlwaysOne() {
    assertThat(OfferedLanguages.of(Stream.empty())).isNotEmpty();
  }
}
