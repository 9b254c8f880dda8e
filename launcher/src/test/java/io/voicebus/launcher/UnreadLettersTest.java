package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class UnreadLettersTest {
  private static final String ASCII = "ANSI_X3.4-1968";

  @Test
  void whatTheLocaleHasNoLettersForIsNamed() {
    String[] args = {"say", "Gr\ufffd\ufffd\ufffd\ufffde"};
    assertThat(UnreadLetters.in(args, Map.of(), ASCII).orElseThrow())
        .contains("the argument 'Gr", "LC_ALL=C.UTF-8", ASCII);
    Map<String, String> environment =
        Map.of("VOICEBUS_SYSTEM_INSTRUCTION", "h\ufffd\ufffdflich", "OTHER", "\ufffd");
    assertThat(UnreadLetters.in(new String[] {"serve"}, environment, ASCII).orElseThrow())
        .startsWith("VOICEBUS_SYSTEM_INSTRUCTION in the environment has letters");
    // and nothing is said where all was read
    assertThat(UnreadLetters.in(new String[] {"say", "Gruss"}, Map.of("OTHER", "\ufffd"), ASCII))
        .isEmpty();
  }

  /** As a file in Latin-1 has it, of which a script makes an argument. */
  @Test
  void whatIsNotUtf8IsNamed() {
    assertThat(UnreadLetters.in(new String[] {"say", "caf\ufffd"}, Map.of(), "UTF-8").orElseThrow())
        .isEqualTo("the argument 'caf\ufffd' is not UTF-8: write it in UTF-8");
    assertThat(UnreadLetters.in(new String[] {"say", "Gr\u00fc\u00dfe"}, Map.of(), "UTF-8"))
        .isEmpty();
  }

  /** As in a container: nothing of what was written is spoken otherwise in silence. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aProcessInALocaleWithoutThemSpeaksNothing() throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            ChildJvm.command("256m", Main.class, List.of("say", "-o", "-", "Gr\u00fc\u00dfe")));
    builder.environment().put("LC_ALL", "C");
    Process process = builder.start();
    // then
    byte[] sound = process.getInputStream().readAllBytes();
    String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isEqualTo(ExitCodes.USAGE);
    assertThat(sound).isEmpty();
    assertThat(said).contains("has letters that Java cannot read in this locale");
  }
}
