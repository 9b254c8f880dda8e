package io.voicebus.http.elevenlabs;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.voicebus.audio.AudioCoding;
import io.voicebus.audio.AudioFormat;
import io.voicebus.http.wire.ProblemException;
import java.nio.charset.StandardCharsets;

/** What clients of ElevenLabs' API send. */
class ElevenLabsFuzzTest {
  private static final AudioCoding WAV =
      new AudioCoding(AudioFormat.WAV, AudioCoding.OWN_RATE, AudioCoding.USUAL);

  @FuzzTest
  void aMessageIsReadOrRefused(byte[] bytes) {
    try {
      InputMessage.parse(new String(bytes, StandardCharsets.UTF_8));
    } catch (ProblemException refused) {
      assertThat(refused.problem().status()).isBetween(400, 499);
    }
  }

  @FuzzTest
  void aRequestIsReadOrRefused(byte[] bytes) {
    try {
      SpeechOrder.parse(new String(bytes, StandardCharsets.UTF_8), WAV, 1_000);
    } catch (ProblemException refused) {
      assertThat(refused.problem().status()).isBetween(400, 499);
    }
  }
}
