package io.voicebus.tts.elevenlabs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.DecodeException;
import io.voicebus.tts.service.SoundedJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ElevenMessageTest {
  private static final byte[] PCM = bytes(1_001);
  private static final String AUDIO = Base64.getEncoder().encodeToString(PCM);

  private static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    new Random(7).nextBytes(bytes);
    return bytes;
  }

  private static ElevenMessage read(String text) {
    return read(text.getBytes(StandardCharsets.UTF_8));
  }

  static ElevenMessage read(byte[] bytes) {
    List<ElevenMessage> messages = new ArrayList<>();
    SoundedJson json = SoundedJson.whole(message -> messages.add(new ElevenMessage(message)));
    json.feed(
        (from, to, into, at) -> System.arraycopy(bytes, from, into, at, to - from), bytes.length);
    json.end();
    return messages.get(0);
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
    ElevenMessage message = read(json.replace("AUDIO", AUDIO));
    assertThat(message.audio()).isEqualTo(PCM);
    assertThat(message.contextId()).isEqualTo("c1");
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
    ElevenMessage message = read(json.replace("AUDIO", AUDIO));
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
    assertThatThrownBy(() -> read(json.replace("AUDIO", AUDIO)))
        .isInstanceOfAny(DecodeException.class, IllegalArgumentException.class);
  }
}
