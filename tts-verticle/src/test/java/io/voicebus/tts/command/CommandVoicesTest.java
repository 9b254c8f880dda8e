package io.voicebus.tts.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.tts.engine.Voice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

class CommandVoicesTest {
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void theListOfAProgramThatHasEndedBeforeItIsReadIsComplete() throws Exception {
    // given: as on a busy machine
    Process program = new ProcessBuilder("echo", "Voices available: kal slt").start();
    program.onExit().get();
    // when, then
    assertThat(CommandVoices.read(CommandVoices.output(program)))
        .extracting(Voice::id)
        .containsExactly("kal", "slt");
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
