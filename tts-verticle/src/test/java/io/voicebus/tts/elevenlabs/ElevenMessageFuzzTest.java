package io.voicebus.tts.elevenlabs;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vertx.core.json.DecodeException;
import io.voicebus.tts.engine.Voice;
import java.util.List;
import org.junit.jupiter.api.Test;

class ElevenMessageFuzzTest {
  @FuzzTest
  void aMessageIsReadOrRefused(byte[] bytes) {
    try {
      ElevenMessage message = ElevenMessageTest.read(bytes);
      message.code();
      assertThat(message.contextId()).isNotNull();
      assertThat(message.error() + message.words()).isNotNull();
      assertThat(message.audio().length).isLessThanOrEqualTo(bytes.length);
    } catch (DecodeException refused) {
      assertThat(refused).hasMessageContaining("not");
    } catch (IllegalArgumentException refused) {
      assertThat(refused).hasMessageContaining("sound");
    }
  }

  @Test
  void aListOfVoicesThatIsNoneHasNone() {
    for (String voices : List.of("null", "{}", "7", "[null, 7, {}, {\"voice_id\": 7}]")) {
      assertThat(ElevenLabsEngine.readVoices("{\"voices\": " + voices + "}")).isEmpty();
    }
    String unnamed = "{\"voices\": [{\"voice_id\": \"v\", \"name\": null}]}";
    assertThat(ElevenLabsEngine.readVoices(unnamed)).extracting(Voice::name).containsExactly("v");
  }
}
