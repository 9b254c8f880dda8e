package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalLanguageTest {
  @Test
  void isThatOfTheFirstVariableThatNamesOne() {
    assertThat(TerminalLanguage.of(Map.of("LANG", "de_DE.UTF-8"))).isEqualTo("de");
    assertThat(TerminalLanguage.of(Map.of("LC_ALL", "fr_FR@euro", "LANG", "de_DE")))
        .isEqualTo("fr");
    assertThat(TerminalLanguage.of(Map.of("LC_ALL", "C.UTF-8", "LANG", "it_IT.UTF-8")))
        .isEqualTo("it");
  }

  @Test
  void isNoneInTheLocaleC() {
    assertThat(TerminalLanguage.of(Map.of("LC_ALL", "C.UTF-8"))).isEmpty();
    assertThat(TerminalLanguage.of(Map.of("LANG", "POSIX"))).isEmpty();
    assertThat(TerminalLanguage.of(Map.of())).isEmpty();
  }
}
