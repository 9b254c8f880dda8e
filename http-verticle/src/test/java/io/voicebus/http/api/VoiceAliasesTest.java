package io.voicebus.http.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VoiceAliasesTest {
  @Test
  void namesAreComparedWithoutCaseAndVoicesAreTakenAsTheyAre() {
    assertThat(VoiceAliases.parse("Nova = here/Kevin16, boss=paid/aB=c,").voices())
        .containsOnly(entry("nova", "here/Kevin16"), entry("boss", "paid/aB=c"));
    assertThat(VoiceAliases.parse("none").voices()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"nova", "nova=", "=here/kevin16", "nova=a, NOVA=b"})
  void whatIsNoAliasIsToldToBeNone(String setting) {
    assertThatThrownBy(() -> VoiceAliases.parse(setting))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("voice-aliases");
  }
}
