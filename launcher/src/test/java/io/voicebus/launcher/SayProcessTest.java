package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code say} as a process of its own, as people run it: its pipes, its output and signals. */
@Timeout(90)
class SayProcessTest extends ProcessTest {
  @Test
  void aDiskThatIsFullIsNotCalledAClosedOutput() throws Exception {
    Path full = Path.of("/dev/full");
    Assumptions.assumeTrue(Files.exists(full));
    // when
    Process process =
        start(builder(Map.of(), "say", "Hello.", "-o", "-").redirectOutput(full.toFile()));
    // then
    assertThat(errors(process))
        .contains("cannot write to standard output: No space left on device")
        .doesNotContain("was closed");
    assertThat(process.waitFor()).as("as for a file").isEqualTo(5);
  }

  @Test
  void theEnglishVoiceReadsNumbersInEnglishAtAGermanTerminal() throws Exception {
    byte[] german = sound("de_DE.UTF-8");
    assertThat(german).isEqualTo(sound("en_US.UTF-8")).hasSizeGreaterThan(20_000);
  }

  private byte[] sound(String locale) throws Exception {
    Process process = process(Map.of("LANG", locale), "say", "12:30", "-o", "-");
    byte[] sound = process.getInputStream().readAllBytes();
    assertThat(process.waitFor()).isZero();
    return sound;
  }

  @Test
  void soundIsNotWrittenOverATerminal() throws Exception {
    // when
    Process process =
        process(
            Map.of("JDK_JAVA_OPTIONS", "-Dvoicebus.stdout=terminal"), "say", "Hello.", "-o", "-");
    // then
    assertThat(errors(process)).contains("'-o -' would write sound over the terminal");
    assertThat(process.getInputStream().readAllBytes()).isEmpty();
    assertThat(process.waitFor()).isEqualTo(2);
  }

  @Test
  void saysWhatComesThroughAPipeBeforeMoreOfItIsWritten() throws Exception {
    // given
    Process process = process(Map.of(), "say", "-", "-o", "-");
    OutputStream pipe = process.getOutputStream();
    InputStream sound = process.getInputStream();
    // when: half of a word is all that there is of the second sentence
    pipe.write("First sentence. Sec".getBytes(StandardCharsets.UTF_8));
    pipe.flush();
    // then
    ByteArrayOutputStream heard = new ByteArrayOutputStream();
    heard.write(sound.readNBytes(44 + 16_000));
    // when
    pipe.write("ond one, with an \u00e9.".getBytes(StandardCharsets.UTF_8));
    pipe.close();
    heard.writeBytes(sound.readAllBytes());
    // then
    assertThat(process.waitFor()).isZero();
    assertThat(heard.size()).isGreaterThan(2 * 32_000);
    assertThat(errors(process))
        .contains("First sentence. Second one, with an \u00e9.")
        .contains("after the first text came");
  }

  @Test
  void aSignalEndsSayWhileItWaitsForText() throws Exception {
    // given
    Process process = process(Map.of(), "say", "-", "-o", "-");
    OutputStream pipe = process.getOutputStream();
    pipe.write("First sentence. Sec".getBytes(StandardCharsets.UTF_8));
    pipe.flush();
    process.getInputStream().readNBytes(1000);
    // when
    signal(process);
    // then
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(errors(process)).endsWith("voicebus: stopped" + System.lineSeparator());
  }

  @Test
  void aSignalEndsAskWhileNobodyHasAskedYet() throws Exception {
    // given
    Map<String, String> typed =
        Map.of("GEMINI_API_KEY", "none", "JDK_JAVA_OPTIONS", "-Dvoicebus.stdin=terminal");
    Process process = process(typed, "ask", "-", "-o", "-");
    BufferedReader errors = process.errorReader(StandardCharsets.UTF_8);
    for (String line = errors.readLine(); !line.contains("type the question"); ) {
      line = errors.readLine();
    }
    // when
    signal(process);
    // then
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(BY_TERM);
    assertThat(errors.lines()).containsExactly("voicebus: stopped");
  }

  @Test
  void whoeverWritesIntoSayIsStoppedWhenNobodyListens(@TempDir Path folder) throws Exception {
    // given
    Path shown = folder.resolve("shown");
    Process process = start(builder(Map.of(), "say", "-", "-o", "-").redirectError(shown.toFile()));
    // when
    writeUntilNobodyListens(process);
    // then
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(shown).content().contains("standard output was closed");
  }

  @Test
  void neitherSoundNorEndWaitsForOneWhoReadsTheTextThatIsShown() throws Exception {
    // given: more text than a pipe holds, and nobody who empties it
    Process process = process(Map.of(), "say", "-", "-o", "-");
    // when
    writeUntilNobodyListens(process);
    // then
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isNotZero();
  }

  /** Writes text until its end is closed, which it is soon after the sound of it is not read. */
  private static void writeUntilNobodyListens(Process process) throws IOException {
    OutputStream pipe = process.getOutputStream();
    byte[] words = "And here is one more of them. ".repeat(100).getBytes(StandardCharsets.UTF_8);
    pipe.write(words);
    pipe.flush();
    process.getInputStream().readNBytes(1000);
    process.getInputStream().close();
    assertThatThrownBy(
            () -> {
              while (true) {
                pipe.write(words);
                pipe.flush();
              }
            })
        .isInstanceOf(IOException.class);
  }

  @Test
  void aSignalInSaySaysOneLine() throws Exception {
    // given
    Process process =
        process(Map.of(), "say", "And here is one more of them. ".repeat(500), "-o", "-");
    process.getInputStream().readNBytes(1000);
    // when
    signal(process);
    // then: at once, though nobody reads what it writes
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(BY_TERM);
    String errors = errors(process);
    assertThat(errors).endsWith("voicebus: stopped" + System.lineSeparator());
    assertThat(errors.split("voicebus: ", -1)).as("that, and the voice").hasSize(3);
  }
}
