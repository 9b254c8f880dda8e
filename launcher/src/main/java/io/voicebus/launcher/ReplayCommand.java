package io.voicebus.launcher;

import io.voicebus.contract.FileTrouble;
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

/** {@code voicebus replay}: runs a recorded turn through the stages of this version. */
final class ReplayCommand extends Command implements TakesSettings {
  private static final String STANDARD_STREAM = "-";

  private final SettingSources sources;
  private final OutputStream out;

  private final Argument<String> file = parameter(0, "FILE", "A recording, from record-directory.");

  private final Argument<String> output =
      text(
          option("-o", "--output")
              .paramLabel("FILE")
              .description(
                  "Write the sound to FILE instead of playing it: .wav, .mp3, .opus, .flac, .pcm; '-'"
                      + " writes WAV to standard output."));

  private final Argument<String> speed =
      text(
          option("--speed")
              .paramLabel("N")
              .defaultValue("1")
              .description(
                  "Speed of text and speech: 2 is twice as fast as recorded; 'max' never waits."));

  private final Argument<Boolean> compare =
      flag(
          option("--compare")
              .description(
                  "Show first sound, underruns, pauses and chunks beside the recording's."));

  private final Argument<Boolean> json =
      flag(option("--json").description("Show the comparison as JSON."));

  private final Argument<Double> atMost =
      number(
          option("--at-most")
              .paramLabel("N")
              .description(
                  "Fail if the first sound takes more than N times what it took in the recording."));

  private final Argument<Boolean> quiet =
      flag(option("-q", "--quiet").description("Show errors only."));

  ReplayCommand(SettingSources sources, OutputStream out) {
    super(
        "replay",
        "Replay a recorded turn with the stages of this version.",
        "No service is asked: text and speech come from the recording, at their recorded",
        "times.");
    this.sources = sources;
    this.out = out;
  }

  @Override
  public Integer call() throws Exception {
    PrintWriter err = err();
    if (output.value().equals(STANDARD_STREAM) && (compare.value() || json.value())) {
      throw new IllegalArgumentException(
          "'-o -' and the comparison would share standard output: name a file (-o replay.wav)");
    }
    if (atMost.isGiven() && !(atMost.value() > 0)) {
      throw new IllegalArgumentException("--at-most must be a number above 0, such as 1.5");
    }
    ReplaySpeed factor = ReplaySpeed.of(speed.value());
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
      if (atMost.isGiven()) {
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
    Path path = sources.directory().resolve(file.value());
    try {
      return Recording.read(path);
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException("there is no file '" + file.value() + "'", e);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "cannot read '" + file.value() + "': " + FileTrouble.inWords(path, e), e);
    }
  }

  private Transcript transcript(Recording recording, PrintWriter err) {
    Transcript transcript =
        recording.head().options().mode().isGiven()
            ? Transcript.ofText(err)
            : Transcript.ofAnswer(err);
    return transcript.with(quiet.value() ? Transcript.Detail.QUIET : Transcript.Detail.USUAL);
  }

  private Sink sink() {
    if (output.value().isEmpty()) {
      return Sink.CARD;
    }
    return output.value().equals(STANDARD_STREAM) ? Sink.BUS : Sink.FILE;
  }

  private String path() {
    return sink() == Sink.FILE
        ? sources.directory().resolve(output.value()).toAbsolutePath().toString()
        : "";
  }

  private void show(Comparison comparison) {
    PrintStream lines = new PrintStream(out, true, StandardCharsets.UTF_8);
    if (json.value()) {
      lines.println(comparison.json().encodePrettily());
    } else if (compare.value()) {
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
    if (atMost.isGiven() && !(ratio <= atMost.value())) {
      err.println(
          String.format(
              Locale.ROOT,
              "voicebus: the first sound took %.2f times what it took in the recording;"
                  + " --at-most allows %s",
              ratio,
              atMost.value()));
      err.flush();
      return 1;
    }
    return 0;
  }
}
