package io.voicebus.tts.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.tts.engine.Voice;
import org.junit.jupiter.api.Test;

class CommandVoicesTest {
  @Test
  void programsThatListTheirVoicesAreUnderstood() {
    assertThat(CommandVoices.read("Voices available: kal awb_time slt \n"))
        .extracting(Voice::id)
        .containsExactly("kal", "awb_time", "slt");
    assertThat(
            CommandVoices.read(
                """
                Pty Language       Age/Gender VoiceName          File    Other Languages
                 5  af              --/M      Afrikaans          gmw/af
                 2  en-gb           --/M      English_(Great_Britain) gmw/en  (en 2)
                """))
        .containsExactly(
            new Voice("af", "Afrikaans", "af"),
            new Voice("en-gb", "English (Great Britain)", "en"));
  }
}
