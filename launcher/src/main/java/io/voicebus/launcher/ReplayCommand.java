package io.voicebus.launcher;

import io.voicebus.contract.Sink;
import io.voicebus.launcher.replay.Comparison;
import io.voicebus.launcher.replay.ReplaySpeed;
import io.voicebus.turn.TurnEvent;
import io.voicebus.turn.recording.Recording;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code voicebus replay}: a recorded turn once more, with the stages of this version. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Play a turn that was written to record-directory through the stages of this version.",
      "No service is asked: text and speech come from the recording, when they came then."
    })
final class ReplayCommand implements Callable<Integer>, TakesSettings {
  private static final String STANDARD_STREAM = "-";

  private final SettingSources sources;
  private final OutputStream out;

  @Parameters(paramLabel = "FILE", description = "A file of record-directory.")
  private String file = "";

  @Option(
      names = {"-o", "--output"},
      defaultValue = "",
      paramLabel = "FILE",
      description =
          "Write the sound to FILE instead of playing it: .wav, .mp3, .opus, .flac, .pcm; '-'"
              + " writes WAV to standard output.")
  private String output;

  @Option(
      names = "--speed",
      defaultValue = "1",
      paramLabel = "N",
      description = "How much faster text and speech come than they did; 'max' waits for nothing.")
  private String speed;

  @Option(
      names = "--compare",
      description = "Show first sound, underruns, pauses and chunks beside the recording's.")
  private boolean compare;

  @Option(names = "--json", description = "Show the comparison as JSON.")
  private boolean json;

  @Option(
      names = "--at-most",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Fail if the first sound takes more than N times what it took in the recording.")
  private double atMost;

  @Option(
      names = {"-q", "--quiet"},
      description = "Show nothing but what goes wrong.")
  private boolean quiet;

  @Spec private CommandSpec spec;

  ReplayCommand(SettingSources sources, OutputStream out) {
    this.sources = sources;
    this.out = out;
  }

  @Override
  public Integer call() throws Exception {
    PrintWriter err = spec.commandLine().getErr();
    if (output.equals(STANDARD_STREAM) && (compare || json)) {
      throw new IllegalArgumentException(
          "'-o -' and the comparison would share standard output: name a file (-o replay.wav)");
    }
    ReplaySpeed factor = ReplaySpeed.of(speed);
    Configuration configuration = sources.load();
    Recording recording = read();
    Logging.leaveReadinessToTheMessage();
    ReplayedTurn turn = new ReplayedTurn(recording, factor, configuration);
    TranscriptWriter shown = new TranscriptWriter(transcript(recording, err));
    shown.note(
        recording.cut().isEmpty() ? "" : "not all of the turn was recorded: " + recording.cut());
    shown.note(turn.isHeard() ? "" : "no sound was recorded: the text is hummed");
    TurnEvent.Ended ended;
    try {
      if (atMost > 0) {
        // What is compared is not how long the first turn of a process takes to load its classes.
        new ReplayedTurn(recording, ReplaySpeed.MAX, configuration)
            .run(Sink.BUS, "", event -> {}, OutputStream.nullOutputStream());
      }
      ended = turn.run(sink(), path(), shown, out);
    } finally {
      shown.close();
    }
    Comparison comparison = turn.comparison();
    show(comparison);
    return failure(recording, ended, comparison, err);
  }

  private Recording read() throws IOException {
    Path path = sources.directory().resolve(file);
    try {
      return Recording.read(path);
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException("there is no file '" + file + "'", e);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read '" + file + "': " + e, e);
    }
  }

  private Transcript transcript(Recording recording, PrintWriter err) {
    Transcript transcript =
        recording.head().options().mode().isGiven()
            ? Transcript.ofText(err)
            : Transcript.ofAnswer(err);
    return transcript.with(quiet ? Transcript.Detail.QUIET : Transcript.Detail.USUAL);
  }

  private Sink sink() {
    if (output.isEmpty()) {
      return Sink.CARD;
    }
    return output.equals(STANDARD_STREAM) ? Sink.BUS : Sink.FILE;
  }

  private String path() {
    return sink() == Sink.FILE
        ? sources.directory().resolve(output).toAbsolutePath().toString()
        : "";
  }

  private void show(Comparison comparison) {
    PrintStream lines = new PrintStream(out, true, StandardCharsets.UTF_8);
    if (json) {
      lines.println(comparison.json().encodePrettily());
    } else if (compare) {
      comparison.lines().forEach(line -> lines.println(TerminalText.of(line)));
    }
  }

  /** A turn that had failed is to fail in the same way. */
  private int failure(
      Recording recording, TurnEvent.Ended ended, Comparison comparison, PrintWriter err) {
    Recording.End then = recording.end();
    boolean asThen =
        ended.failure() != null
            && then != null
            && then.failure() != null
            && then.failure().kind() == ended.failure().kind();
    if (ended.failure() != null && !asThen) {
      return ExitCodes.of(ended.failure().kind());
    }
    double ratio = comparison.firstSoundRatio();
    if (atMost > 0 && !(ratio <= atMost)) {
      err.println(
          String.format(
              Locale.ROOT,
              "voicebus: the first sound took %.2f times what it took in the recording;"
                  + " --at-most allows %s",
              ratio,
              atMost));
      err.flush();
      return 1;
    }
    return 0;
  }
}
