package io.voicebus.tts.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SavedSpeechFuzzTest {
  @FuzzTest
  void aFileIsReadOrRefused(byte[] bytes) {
    try {
      SavedSpeech speech = SavedSpeech.decode(bytes);
      assertThat(speech.encode()).isEqualTo(bytes);
      assertThat(speech.sampleRateHz()).isPositive();
    } catch (IOException refused) {
      assertThat(refused).isNotNull();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"5642533300000000", "56425333ffffffff00000000", "5642533300003e80ffffffff"})
  void aFileWithAHeadThatCannotBeIsRefused(String hex) {
    assertThatThrownBy(() -> SavedSpeech.decode(HexFormat.of().parseHex(hex)))
        .isInstanceOf(IOException.class);
  }
}
