package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands at a real terminal, which {@code script} makes, and Ctrl-C at it. */
@Timeout(90)
@EnabledOnOs(OS.LINUX)
class ChatTerminalTest extends ProcessTest {
  private static final String CTRL_C = "\u0003";
  private static final String CTRL_D = "\u0004";
  private static final int BY_INT = 130;

  @TempDir Path folder;

  @BeforeEach
  void needsScript() {
    assumeThat(List.of("/usr/bin/script", "/bin/script")).anyMatch(p -> Files.exists(Path.of(p)));
  }

  private Process atATerminal(Map<String, String> settings, String... arguments)
      throws IOException {
    String command =
        ChildJvm.command("512m", Main.class, List.of(arguments)).stream()
            .map(word -> "'" + word + "'")
            .collect(Collectors.joining(" "));
    // What a shell starts in its background ignores Ctrl-C, and so would all that the tests start.
    String line = "stty cols 80 rows 24; exec env --default-signal=INT " + command;
    ProcessBuilder builder =
        new ProcessBuilder("script", "-qec", line, "/dev/null")
            .directory(folder.toFile())
            .redirectErrorStream(true);
    builder.environment().putAll(settings);
    builder.environment().put("TERM", settings.getOrDefault("TERM", "xterm"));
    builder.environment().put("SHELL", "/bin/sh");
    return start(builder);
  }

  private static void type(Process process, String keys) throws IOException {
    OutputStream keyboard = process.getOutputStream();
    keyboard.write(keys.getBytes(StandardCharsets.UTF_8));
    keyboard.flush();
  }

  private static boolean isJava(ProcessHandle process) {
    return process.info().command().filter(file -> file.endsWith("java")).isPresent();
  }

  /** Reads until it has been shown. */
  private static String shown(Process process, String text) throws IOException {
    StringBuilder all = new StringBuilder();
    BufferedReader screen = process.inputReader(StandardCharsets.UTF_8);
    int next;
    while (all.indexOf(text) < 0 && (next = screen.read()) >= 0) {
      all.append((char) next);
    }
    assertThat(all).contains(text);
    return all.toString();
  }

  private static String rest(Process process) {
    try {
      StringBuilder all = new StringBuilder();
      BufferedReader screen = process.inputReader(StandardCharsets.UTF_8);
      int next;
      while ((next = screen.read()) >= 0) {
        all.append((char) next);
      }
      return all.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The log says how far the start is; the person sees none of it. */
  @ParameterizedTest
  @ValueSource(strings = {"chat", "ask", "say"})
  void ctrlCAtTheStartSaysNothingOfWhatItTookAway(String command) throws Exception {
    try (ScriptedModel model = new ScriptedModel("An answer. " + ScriptedModel.OPEN)) {
      Map<String, String> settings = new HashMap<>(model.settings());
      settings.put("VOICEBUS_LOG_LEVEL", "DEBUG");
      String[] arguments =
          command.equals("chat")
              ? new String[] {command, "-o", "x.wav"}
              : new String[] {command, "Why? ".repeat(2000), "-o", "x.wav"};
      for (String moment : List.of("", "DEBUG")) {
        Process process = atATerminal(settings, arguments);
        OtherProcess.until(() -> process.descendants().anyMatch(ChatTerminalTest::isJava));
        shown(process, moment);
        // when
        type(process, CTRL_C);
        // then
        String screen = rest(process);
        assertThat(process.waitFor()).as(moment + screen).isIn(BY_INT, 2);
        assertThat(screen).as(moment).doesNotContain("Exception", "\tat ");
      }
    }
  }

  @Test
  void ctrlCStopsTheAnswerThenEndsTheConversation() throws Exception {
    try (ScriptedModel model = new ScriptedModel("This goes on. " + ScriptedModel.OPEN)) {
      // given
      Process process = atATerminal(model.settings(), "chat", "-o", "x.wav");
      shown(process, "Ctrl-D ends");
      type(process, "Why?\r");
      shown(process, "This goes on.");
      // when
      type(process, CTRL_C);
      // then
      shown(process, "voicebus: stopped");
      // when
      type(process, CTRL_C);
      // then
      assertThat(rest(process)).doesNotContain("Exception");
      assertThat(process.waitFor()).isEqualTo(BY_INT);
    }
  }

  @Test
  void ctrlDEndsTheConversationWithSuccess() throws Exception {
    try (ScriptedModel model = new ScriptedModel("A short answer.")) {
      Process process = atATerminal(model.settings(), "chat", "-o", "x.wav");
      shown(process, "Ctrl-D ends");
      type(process, "Why? \u00fc\r");
      shown(process, "after the prompt was accepted");
      type(process, CTRL_D);
      assertThat(rest(process)).doesNotContain("Exception");
      assertThat(process.waitFor()).isZero();
      assertThat(model.asked.get(0)).contains("Why? \u00fc");
    }
  }

  @Test
  void aSignalEndsItInOrder() throws Exception {
    try (ScriptedModel model = new ScriptedModel("This goes on. " + ScriptedModel.OPEN)) {
      // given
      Process process = atATerminal(model.settings(), "chat", "-o", "x.wav");
      shown(process, "Ctrl-D ends");
      type(process, "Why?\r");
      shown(process, "This goes on.");
      // when
      ProcessHandle child =
          process.descendants().filter(each -> each.children().findAny().isEmpty()).toList().get(0);
      child.destroy();
      // then
      assertThat(rest(process)).contains("voicebus: stopped").doesNotContain("Exception");
      assertThat(process.waitFor()).isEqualTo(BY_TERM);
    }
  }

  /** A dumb terminal cannot keep the line: it is read as the terminal gives it. */
  @Test
  void aDumbTerminalGetsNoControlSequences() throws Exception {
    try (ScriptedModel model = new ScriptedModel("A short answer.")) {
      Map<String, String> settings = new HashMap<>(model.settings());
      settings.put("TERM", "dumb");
      Process process = atATerminal(settings, "chat", "-o", "x.wav");
      String greeting = shown(process, "Ctrl-D ends");
      type(process, "Why?\n");
      String answer = shown(process, "after the prompt was accepted");
      type(process, CTRL_D);
      assertThat(greeting + answer + rest(process)).doesNotContain("\u001b");
      assertThat(process.waitFor()).isZero();
    }
  }
}
