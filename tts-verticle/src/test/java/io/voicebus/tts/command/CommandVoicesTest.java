package io.voicebus.tts.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.tts.engine.Voice;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

class CommandVoicesTest {
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void whatAProgramThatHasEndedLeavesInItsPipeIsRead() {
    // given: one that has ended before its list is there, as on a busy machine
    List<String> program =
        List.of("sh", "-c", "(sleep 0.5; echo 'Voices available: kal slt') & exit 0");
    // when, then
    assertThat(CommandVoices.list(program)).extracting(Voice::id).containsExactly("kal", "slt");
  }

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
