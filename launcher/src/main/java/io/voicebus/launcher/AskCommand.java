package io.voicebus.launcher;

import io.voicebus.contract.TextMode;
import io.voicebus.contract.Utf8Pieces;
import java.io.IOException;
import java.io.OutputStream;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** {@code voicebus ask}: a model answers a prompt, and its answer is spoken while it writes it. */
final class AskCommand extends SpeechCommand {
  private static final Set<Role> STAGES = EnumSet.complementOf(EnumSet.of(Role.HTTP));

  /** Of a prompt, as the HTTP server's default has it. */
  private static final int MAX_BYTES = 2 * 1024 * 1024;

  private final Argument<List<String>> prompt =
      parameters("1..*", "PROMPT", "What to ask; '-' reads it from standard input, to its end.");

  private final Argument<Boolean> json =
      flag(
          option("--json")
              .description("Write each event of the turn to standard output, as a line of JSON."));

  AskCommand(SettingSources sources, OutputStream out) {
    super(
        sources,
        out,
        "ask",
        "Ask a model, and speak its answer while it is written.",
        "The text and the timings go to standard error.");
  }

  @Override
  public Integer call() throws Exception {
    Configuration configuration = configuration();
    Banner.requireModel(configuration);
    String text =
        prompt.value().equals(List.of(STANDARD_STREAM))
            ? standardInput()
            : String.join(" ", prompt.value());
    if (text.isBlank()) {
      throw new IllegalArgumentException("the prompt is empty: there is nothing to ask");
    }
    return turn(configuration, STAGES, Transcript.ofAnswer(err()), json.value())
        .run(options.request(text, TextMode.ASK, directory()), null);
  }

  private String standardInput() throws IOException {
    Thread stop = new Thread(this::stopped, "voicebus-stop");
    Runtime.getRuntime().addShutdownHook(stop);
    try {
      return readInput();
    } finally {
      Waiting.forget(stop);
    }
  }

  /** Ctrl-C ends it while nobody has asked anything yet. */
  private void stopped() {
    err().println("voicebus: stopped");
    err().flush();
  }

  private String readInput() throws IOException {
    if (Terminal.isStandardInput()) {
      requireSound(options.request("?", TextMode.ASK, directory()));
      err().println("voicebus: type the question; Ctrl-D ends it");
      err().flush();
    }
    byte[] input = System.in.readNBytes(MAX_BYTES + 1);
    if (input.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "standard input is longer than 2 MiB, the longest prompt: ask about a part of it");
    }
    Utf8Pieces pieces = new Utf8Pieces();
    String text = pieces.accept(input);
    pieces.end();
    if (pieces.isMalformed()) {
      throw new IllegalArgumentException("standard input is " + pieces.fault());
    }
    return text;
  }
}
