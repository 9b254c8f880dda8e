package io.voicebus.launcher;

import io.vertx.core.Vertx;
import io.voicebus.contract.Pace;
import io.voicebus.contract.Sink;
import io.voicebus.contract.TurnOptions;
import io.voicebus.turn.TurnEvent;
import io.voicebus.turn.TurnRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code voicebus say}: one turn, to the sound card, a file or standard output. */
@Command(
    name = "say",
    mixinStandardHelpOptions = true,
    description = "Answer one prompt aloud; the text and the timings go to standard error.")
final class SayCommand implements Callable<Integer> {
  private static final String STANDARD_STREAM = "-";

  private final Map<String, String> environment;
  private final Path directory;
  private final OutputStream out;

  @Parameters(
      arity = "1..*",
      paramLabel = "PROMPT",
      description = "What to say; '-' reads it from standard input.")
  private List<String> prompt;

  @Option(
      names = {"-o", "--output"},
      defaultValue = "",
      paramLabel = "FILE",
      description =
          "Write to FILE instead of playing: .wav, .mp3, .opus or .ogg, .flac, .aac (by ffmpeg),"
              + " .ulaw; raw PCM if it ends in .pcm or .raw, or in nothing. '-' writes WAV to"
              + " standard output.")
  private String output;

  @Option(names = "--voice", defaultValue = "", description = "A voice of the engine.")
  private String voice;

  @Option(
      names = "--clauses",
      defaultValue = "true",
      negatable = true,
      fallbackValue = "true",
      description = "Begin with an early clause, not only with a whole sentence (the default).")
  private boolean clauses;

  @Spec private CommandSpec spec;

  SayCommand(Map<String, String> environment, Path directory, OutputStream out) {
    this.environment = environment;
    this.directory = directory;
    this.out = out;
  }

  @Override
  public Integer call() throws Exception {
    PrintWriter err = spec.commandLine().getErr();
    if (output.equals(STANDARD_STREAM) && Terminal.isStandardOutput()) {
      throw new IllegalArgumentException(
          "'-o -' would write sound over the terminal: send it on to a player (-o - | aplay),"
              + " or name a file (-o answer.wav)");
    }
    TurnRequest request = request();
    Configuration configuration = Configuration.load(environment, directory);
    String noModel = Banner.noModel(configuration);
    if (!noModel.isEmpty()) {
      err.println("voicebus: " + noModel);
      err.flush();
    }
    Logging.leaveReadinessToTheMessage();
    Vertx vertx = Vertx.vertx(EventLoops.options());
    Transcript transcript = new Transcript(err);
    Thread stop =
        new Thread(
            () -> {
              transcript.stop("stopped");
              Waiting.briefly(vertx.close());
            },
            "voicebus-stop");
    Runtime.getRuntime().addShutdownHook(stop);
    try {
      Waiting.on(new Pipeline(vertx, configuration).deployStages());
      SayVerticle say = new SayVerticle(request, transcript, out);
      Waiting.on(vertx.deployVerticle(say));
      TurnEvent.Ended ended = say.ended().toCompletionStage().toCompletableFuture().get();
      return ended.failure() == null ? 0 : ExitCodes.of(ended.failure().kind());
    } finally {
      Waiting.forget(stop);
      Waiting.quietly(vertx.close());
    }
  }

  private TurnRequest request() throws IOException {
    String text =
        prompt.equals(List.of(STANDARD_STREAM))
            ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
            : String.join(" ", prompt);
    Pace pace = output.isEmpty() ? Pace.REALTIME : Pace.ASAP;
    TurnOptions options = new TurnOptions(voice, "", clauses, pace, TurnOptions.NO_PROCESSING);
    if (output.isEmpty()) {
      return new TurnRequest(text, options, Sink.CARD, "");
    }
    if (output.equals(STANDARD_STREAM)) {
      return TurnRequest.toCaller(text, options);
    }
    return new TurnRequest(
        text, options, Sink.FILE, directory.resolve(output).toAbsolutePath().toString());
  }
}
