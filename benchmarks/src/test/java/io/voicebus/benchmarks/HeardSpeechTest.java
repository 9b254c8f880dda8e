package io.voicebus.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voicebus.tts.scripted.ScriptedVoice;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeardSpeechTest {
  private static final int RATE_HZ = 24_000;
  private static final String TEXT = "It is read back.";

  private final byte[] spoken = ScriptedVoice.samplesOf(TEXT);

  @Test
  void readsWhatWasSpoken() {
    assertThat(HeardSpeech.utterances(spoken, RATE_HZ, TEXT, ScriptedVoice::samplesOf))
        .containsExactly(TEXT);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 240, 250, 288})
  void readsWhatIsFadedAtItsEnd(int fade) {
    // given
    for (int i = 0; i < fade; i++) {
      int at = spoken.length / 2 - 1 - i;
      short sample = (short) ((spoken[2 * at] & 0xff) | spoken[2 * at + 1] << 8);
      short quieter = (short) Math.rint(sample * (i + 0.5) / fade);
      spoken[2 * at] = (byte) quieter;
      spoken[2 * at + 1] = (byte) (quieter >> 8);
    }
    // when, then: silence follows
    assertThat(
            HeardSpeech.utterances(
                Arrays.copyOf(spoken, spoken.length + 2_000),
                RATE_HZ,
                TEXT,
                ScriptedVoice::samplesOf))
        .containsExactly(TEXT);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void noticesThatTheLastCharsAreMissing(int chars) {
    int cut = spoken.length - chars * spoken.length / TEXT.length();
    byte[] heard = Arrays.copyOf(Arrays.copyOf(spoken, cut), spoken.length);
    assertThat(HeardSpeech.utterances(heard, RATE_HZ, TEXT, ScriptedVoice::samplesOf))
        .containsExactly(TEXT.substring(0, TEXT.length() - chars));
  }

  @Test
  void refusesWhatIsMissingWithin() {
    int perChar = spoken.length / TEXT.length();
    System.arraycopy(spoken, 8 * perChar, spoken, 7 * perChar, spoken.length - 8 * perChar);
    assertThatThrownBy(
            () -> HeardSpeech.utterances(spoken, RATE_HZ, TEXT, ScriptedVoice::samplesOf))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
