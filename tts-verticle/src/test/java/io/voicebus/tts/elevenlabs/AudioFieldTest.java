package io.voicebus.tts.elevenlabs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.DecodeException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AudioFieldTest {
  private static final byte[] PCM = bytes(1_001);
  private static final String AUDIO = Base64.getEncoder().encodeToString(PCM);

  private static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    new Random(7).nextBytes(bytes);
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"audio\":\"AUDIO\",\"isFinal\":null,\"contextId\":\"c1\"}",
        "{ \"contextId\" : \"c1\" ,\n\t\"audio\" : \"AUDIO\" }",
        "{\"contextId\": \"c1\", \"audio_base64\": \"AUDIO\"}",
        "{\"contextId\":\"c1\",\"audio\":\"AUDIO\"}\r\n"
      })
  void isTakenOutAndTheRestIsParsed(String json) {
    ElevenMessage message = new ElevenMessage(json.replace("AUDIO", AUDIO));
    assertThat(AudioField.find(json.replace("AUDIO", AUDIO))).isNotNull();
    assertThat(message.audio()).isEqualTo(PCM);
    assertThat(message.contextId()).isEqualTo("c1");
  }

  @Test
  void slashesMayBeEscaped() {
    byte[] slashes = new byte[99];
    Arrays.fill(slashes, (byte) 0xff);
    String escaped = Base64.getEncoder().encodeToString(slashes).replace("/", "\\/");
    assertThat(new ElevenMessage("{\"audio\":\"" + escaped + "\"}").audio()).isEqualTo(slashes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"audio\":null,\"isFinal\":true}",
        "{\"audio\":\"\",\"isFinal\":true}",
        "{\"isFinal\":true,\"message\":\"say \\\"audio\\\":\\\"AUDIO\\\"\"}",
        "{\"isFinal\":true,\"audiobook\":\"AUDIO\"}",
        "{\"isFinal\":true,\"other\":{\"audio\":\"AUDIO\"}}",
      })
  void whatIsNoAudioIsNone(String json) {
    ElevenMessage message = new ElevenMessage(json.replace("AUDIO", AUDIO));
    assertThat(message.audio()).isEmpty();
    assertThat(message.last()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"audio\":\"AUDIO\"",
        "{\"audio\":\"AUDIO",
        "{\"audio\":\"AUDIO\"}}",
        "{\"audio\":\"AUDIO\",}",
        "{\"audio\":\"AUDIO*\"}",
        "\"audio\":\"AUDIO\"",
        "{\"audio\"",
        "{\"audio\":",
      })
  void whatIsNoJsonIsRefused(String json) {
    assertThatThrownBy(() -> new ElevenMessage(json.replace("AUDIO", AUDIO)))
        .isInstanceOf(DecodeException.class);
  }
}
