package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.bus.FailureKind;
import io.voicebus.emulators.EmulatedSpeech;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The emulators as a process of their own, and Voicebus pointed at them as they say. */
@Tag("slow")
@Timeout(90)
class EmulatorsProcessTest {
  private static final Pattern ASSIGNMENT = Pattern.compile("(\\w+)=(\\S+)");
  private static final String ANSWER = "Yes, I am here. And the café is “open”.";

  private final List<Process> processes = new ArrayList<>();

  @TempDir Path directory;

  private Process start(String... options) throws IOException {
    List<String> arguments =
        new ArrayList<>(List.of("--gemini-port=0", "--elevenlabs-port=0", "--openai-port=0"));
    arguments.addAll(List.of(options));
    Process process =
        new ProcessBuilder(ChildJvm.command("256m", io.voicebus.emulators.Main.class, arguments))
            .start();
    processes.add(process);
    return process;
  }

  /** What it tells people to put into the environment, all that it has to offer. */
  private static Map<String, String> environment(Process emulators) throws IOException {
    Map<String, String> environment = new HashMap<>();
    BufferedReader lines = emulators.inputReader(StandardCharsets.UTF_8);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.contains("export ")) {
        for (Matcher found = ASSIGNMENT.matcher(line); found.find(); ) {
          environment.put(found.group(1), found.group(2));
        }
      }
      if (line.startsWith("# then")) {
        return environment;
      }
    }
    throw new AssertionError("the emulators have not started");
  }

  private static Map<String, String> only(Map<String, String> all, String... prefixes) {
    Map<String, String> some = new HashMap<>(all);
    some.keySet().removeIf(name -> Arrays.stream(prefixes).noneMatch(name::startsWith));
    some.put("VOICEBUS_PROCESSING", "none"); // what is heard is read sample by sample
    return some;
  }

  /** What is heard of an answer, without blanks: over HTTP none follows a chunk. */
  private String ask(Map<String, String> environment) throws Exception {
    String[] command = {"ask", "Is anybody there?", "-o", "x.wav"};
    assertThat(Main.run(command, environment, directory, new ByteArrayOutputStream())).isZero();
    try (AudioInputStream wav =
        AudioSystem.getAudioInputStream(directory.resolve("x.wav").toFile())) {
      return EmulatedSpeech.textOf(wav.readAllBytes()).replace(" ", "");
    }
  }

  @AfterEach
  void endAll() {
    processes.forEach(Process::destroyForcibly);
  }

  @Test
  void voicebusAnswersAndSpeaksWithTheEnvironmentThatTheyTell() throws Exception {
    // given
    Process emulators = start("--answer", ANSWER);
    Map<String, String> offered = environment(emulators);
    // then: with Gemini and ElevenLabs, and with an OpenAI-compatible model
    assertThat(ask(only(offered, "GEMINI_", "ELEVENLABS_"))).isEqualTo(ANSWER.replace(" ", ""));
    assertThat(
            ask(
                only(
                    offered,
                    "VOICEBUS_SOURCE",
                    "OPENAI_API",
                    "OPENAI_BASE",
                    "OPENAI_MODEL",
                    "ELEVENLABS_")))
        .isEqualTo(ANSWER.replace(" ", ""));
    // when
    emulators.toHandle().destroy(); // which leaves its streams open
    // then
    assertThat(emulators.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(new String(emulators.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
        .contains("emulate: stopped");
  }

  @Test
  void aFaultIsNamedOnTheCommandLine() throws Exception {
    // given
    Map<String, String> environment =
        only(environment(start("--text-fault", "bad-key")), "GEMINI_", "ELEVENLABS_");
    // then
    String[] command = {"ask", "Is anybody there?", "-o", "x.wav"};
    assertThat(Main.run(command, environment, directory, new ByteArrayOutputStream()))
        .isEqualTo(ExitCodes.of(FailureKind.UNAUTHENTICATED));
  }

  @Test
  void anOptionThatDoesNotExistIsNamed() throws Exception {
    Process process = start("--pace", "fast");
    assertThat(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
        .contains("there is no option --pace");
    assertThat(process.waitFor()).isEqualTo(2);
  }
}
