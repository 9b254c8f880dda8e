package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.voicebus.bus.FailureKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

@Timeout(60)
@Isolated("it takes what the process writes")
class ChatCommandTest extends CommandLineBench {
  @Test
  void linesOfAProgramAreAnsweredOneAfterTheOtherInOneConversation() {
    try (ScriptedModel model = new ScriptedModel("The first answer.", "The second answer.")) {
      // given
      input("One?\n\nTwo?\n");
      // when
      int exit = run(model.settings(), "chat", "-o", "answer.wav");
      // then
      assertThat(exit).as(errors()).isZero();
      assertThat(errors()).containsSubsequence("The first answer.", "The second answer.");
      assertThat(directory.resolve("answer-1.wav")).isNotEmptyFile();
      assertThat(directory.resolve("answer-2.wav")).isNotEmptyFile();
      assertThat(model.asked.get(1)).contains("One?", "The first answer.", "Two?");
    }
  }

  @Test
  void aLineThatIsTypedStopsTheAnswer() throws Exception {
    System.setProperty("voicebus.stdin", "terminal");
    try (ScriptedModel model =
            new ScriptedModel("This goes on and on. " + ScriptedModel.OPEN, "A short answer.");
        PipedOutputStream keyboard = new PipedOutputStream()) {
      // given: an answer without an end
      System.setIn(new PipedInputStream(keyboard));
      CompletableFuture<Integer> exit =
          CompletableFuture.supplyAsync(() -> run(model.settings(), "chat", "-o", "answer.wav"));
      type(keyboard, "Tell me a story.\n");
      awaitShown("This goes on and on.");
      // when
      type(keyboard, "Stop it. What else?\n");
      awaitShown("A short answer.");
      awaitShown("after the prompt was accepted");
      keyboard.close();
      // then
      assertThat(exit.get()).as(errors()).isZero();
      assertThat(errors()).containsSubsequence("on and on", "voicebus: stopped", "A short answer.");
    } finally {
      System.clearProperty("voicebus.stdin");
    }
  }

  private static void type(OutputStream keyboard, String line) throws IOException {
    keyboard.write(line.getBytes(StandardCharsets.UTF_8));
    keyboard.flush();
  }

  private void awaitShown(String text) {
    while (!errors().contains(text)) {
      Thread.onSpinWait();
    }
  }

  @Test
  void whereNothingCanBeHeardItIsToldBeforeTheFirstQuestion() {
    assumeThat(AudioSystem.getMixerInfo()).isEmpty();
    try (ScriptedModel model = new ScriptedModel("An answer.")) {
      // given
      input("One?\nTwo?\n");
      // when
      int exit = run(model.settings(), "chat");
      // then
      assertThat(exit).isEqualTo(ExitCodes.of(FailureKind.UNAVAILABLE));
      assertThat(errors()).containsOnlyOnce("no sound card").contains("-o");
      assertThat(model.asked).isEmpty();
    }
  }

  @Test
  void withoutAModelNobodyIsTalkedTo() {
    assertThat(run(Map.of(), "chat")).isEqualTo(ExitCodes.of(FailureKind.UNAUTHENTICATED));
    assertThat(errors()).contains("no model is set up", "GEMINI_API_KEY");
  }

  @Test
  void manySoundsAreNotWrittenIntoOne() {
    assertThat(run(Map.of("GEMINI_API_KEY", "k"), "chat", "-o", "-")).isEqualTo(ExitCodes.USAGE);
    assertThat(errors()).contains("-o answer.wav makes answer-1.wav");
  }

  @Test
  void anAnswerThatFailsIsToldAndTheTalkGoesOn() {
    try (ScriptedModel model = new ScriptedModel("", "But this one is an answer.")) {
      input("One?\nTwo?\n");
      Map<String, String> once = new HashMap<>(model.settings());
      once.put("OPENAI_RETRIES", "0");
      assertThat(run(once, "chat", "-o", "answer.wav"))
          .as("a script may know that one failed")
          .isNotZero();
      assertThat(errors()).containsSubsequence("voicebus: ", "But this one is an answer.");
    }
  }

  /** What a model is asked is what was written, or nothing. */
  @Test
  void aLineThatIsNotUtf8IsToldAndNotAsked() {
    try (ScriptedModel model = new ScriptedModel("An answer.")) {
      byte[] lines = "Gr\u00fc\u00dfe?\n".getBytes(StandardCharsets.ISO_8859_1);
      byte[] more = "Gr\u00fc\u00dfe.\n".getBytes(StandardCharsets.UTF_8);
      System.setIn(
          new SequenceInputStream(new ByteArrayInputStream(lines), new ByteArrayInputStream(more)));
      // when
      int exit = run(model.settings(), "chat", "-o", "answer.wav");
      // then
      assertThat(exit).isEqualTo(ExitCodes.USAGE);
      assertThat(errors())
          .contains("a line is not UTF-8: byte 2 begins no valid character; it is not asked")
          .contains("An answer.");
      assertThat(model.asked).hasSize(1);
      assertThat(model.asked.get(0)).contains("Gr\u00fc\u00dfe.");
    }
  }
}
