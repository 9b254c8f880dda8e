package io.voicebus.http.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VoiceAliasesTest {
  @Test
  void namesAreComparedWithoutCaseAndVoicesAreTakenAsTheyAre() {
    SortedMap<String, String> voices =
        VoiceAliases.parse("Nova = here/Kevin16, boss=paid/aB=c,").voices();
    assertThat(voices).containsOnly(entry("Nova", "here/Kevin16"), entry("boss", "paid/aB=c"));
    assertThat(voices.get("nova")).isEqualTo("here/Kevin16");
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
