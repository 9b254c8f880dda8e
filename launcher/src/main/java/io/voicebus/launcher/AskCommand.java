package io.voicebus.launcher;

import io.voicebus.contract.TextMode;
import io.voicebus.contract.Utf8Pieces;
import java.io.IOException;
import java.io.OutputStream;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code voicebus ask}: a model answers a prompt, and its answer is spoken while it writes it. */
@Command(
    name = "ask",
    mixinStandardHelpOptions = true,
    description = {
      "Ask a model, and speak its answer while it writes it.",
      "The text and the timings go to standard error."
    })
final class AskCommand extends SpeechCommand {
  private static final Set<Role> STAGES = EnumSet.complementOf(EnumSet.of(Role.HTTP));

  @Parameters(
      arity = "1..*",
      paramLabel = "PROMPT",
      description = "What to ask; '-' reads it from standard input, to its end.")
  private List<String> prompt = List.of();

  @Option(
      names = "--json",
      description = "Write each event of the turn to standard output, as a line of JSON.")
  private boolean json;

  AskCommand(SettingSources sources, OutputStream out) {
    super(sources, out);
  }

  @Override
  public Integer call() throws Exception {
    Configuration configuration = configuration();
    String noAnswers = Banner.noAnswers(configuration);
    if (!noAnswers.isEmpty()) {
      throw new IllegalArgumentException(noAnswers);
    }
    String text =
        prompt.equals(List.of(STANDARD_STREAM)) ? standardInput() : String.join(" ", prompt);
    if (text.isBlank()) {
      throw new IllegalArgumentException("the prompt is empty: there is nothing to ask");
    }
    return turn(configuration, STAGES, Transcript.ofAnswer(err()), json)
        .run(options.request(text, TextMode.ASK, directory()), null);
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
