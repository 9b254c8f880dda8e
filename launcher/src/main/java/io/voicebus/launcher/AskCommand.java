package io.voicebus.launcher;

import io.voicebus.contract.TextMode;
import io.voicebus.contract.Utf8Pieces;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code voicebus ask}: a model answers a prompt, and its answer is spoken while it writes it. */
@Command(
    name = "ask",
    mixinStandardHelpOptions = true,
    description = {
      "Ask a model, and speak its answer while it writes it.",
      "The text and the timings go to standard error."
    })
final class AskCommand implements Callable<Integer> {
  private static final String STANDARD_STREAM = "-";
  private static final Set<Role> STAGES = EnumSet.complementOf(EnumSet.of(Role.HTTP));

  private final Map<String, String> environment;
  private final Path directory;
  private final OutputStream out;

  @Parameters(
      arity = "1..*",
      paramLabel = "PROMPT",
      description = "What to ask; '-' reads it from standard input, to its end.")
  private List<String> prompt = List.of();

  @Mixin private SpeechOptions options;

  @Spec private CommandSpec spec;

  AskCommand(Map<String, String> environment, Path directory, OutputStream out) {
    this.environment = environment;
    this.directory = directory;
    this.out = out;
  }

  @Override
  public Integer call() throws Exception {
    PrintWriter err = spec.commandLine().getErr();
    Configuration configuration = Configuration.load(environment, directory);
    String noAnswers = Banner.noAnswers(configuration);
    if (!noAnswers.isEmpty()) {
      throw new IllegalArgumentException(noAnswers);
    }
    String text =
        prompt.equals(List.of(STANDARD_STREAM)) ? standardInput() : String.join(" ", prompt);
    if (text.isBlank()) {
      throw new IllegalArgumentException("the prompt is empty: there is nothing to ask");
    }
    return new SpokenTurn(configuration, STAGES, Transcript.ofAnswer(err), out)
        .run(options.request(text, TextMode.ASK, directory), null);
  }

  private static String standardInput() throws IOException {
    Utf8Pieces pieces = new Utf8Pieces();
    String text = pieces.accept(System.in.readAllBytes());
    pieces.end();
    if (pieces.isMalformed()) {
      throw new IllegalArgumentException("standard input is " + pieces.fault());
    }
    return text;
  }
}
