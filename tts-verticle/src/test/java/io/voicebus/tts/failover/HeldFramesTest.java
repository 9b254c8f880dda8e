package io.voicebus.tts.failover;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeldFramesTest {
  @ParameterizedTest
  @CsvSource({"0, false", "255, false", "-255, false", "256, true", "-256, true", "-32768, true"})
  void aFrameIsHeardFromAnAmplitudeOf256On(short sample, boolean audible) {
    byte[] pcm = {0, 0, (byte) sample, (byte) (sample >> 8)};
    assertThat(HeldFrames.isAudible(pcm)).isEqualTo(audible);
  }
}
