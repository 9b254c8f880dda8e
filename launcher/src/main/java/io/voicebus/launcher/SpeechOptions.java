package io.voicebus.launcher;

import io.voicebus.contract.LanguageTag;
import io.voicebus.contract.Pace;
import io.voicebus.contract.Sink;
import io.voicebus.contract.TextMode;
import io.voicebus.contract.TurnOptions;
import io.voicebus.turn.TurnRequest;
import java.nio.file.Path;

/** How a text is to sound and where: what the commands that speak have in common. */
final class SpeechOptions {
  private static final String STANDARD_STREAM = "-";

  private final Argument<String> output;
  private final Argument<String> voice;
  private final Argument<String> language;
  private final Argument<Boolean> clauses;
  private final Argument<Double> speed;
  private final Argument<Boolean> quiet;
  private final Argument<Boolean> timings;

  /** Adds them to a command. */
  SpeechOptions(Command command) {
    output =
        command.text(
            Command.option("-o", "--output")
                .paramLabel("FILE")
                .description(
                    "Write to FILE instead of playing: .wav, .mp3, .opus or .ogg, .flac, .aac (by ffmpeg),"
                        + " .ulaw; raw PCM if it ends in .pcm or .raw, or in nothing. '-' writes WAV to"
                        + " standard output."));
    voice =
        command.text(
            Command.option("--voice").paramLabel("<voice>").description("A voice of the engine."));
    language =
        command.text(
            Command.option("--language")
                .paramLabel("<language>")
                .description(
                    "Language of the text, such as en or pt-BR; by default it is detected."));
    clauses =
        command.flag(
            Command.option("--clauses")
                .defaultValue("true")
                .fallbackValue("true")
                .negatable(true)
                .description(
                    "Begin with an early clause, not only with a whole sentence (the default)."));
    speed =
        command.number(
            Command.option("--speed")
                .paramLabel("N")
                .description("Speed, from 0.25 to 4; 2 is twice as fast as the voice's own."));
    quiet = command.flag(Command.option("-q", "--quiet").description("Show errors only."));
    timings =
        command.flag(
            Command.option("--timings").description("Show after a turn where its time went."));
  }

  /** How much of a turn is shown. */
  Transcript.Detail detail() {
    if (quiet.value() && timings.value()) {
      throw new IllegalArgumentException("give either --quiet or --timings, not both");
    }
    return quiet.value()
        ? Transcript.Detail.QUIET
        : timings.value() ? Transcript.Detail.TIMINGS : Transcript.Detail.USUAL;
  }

  /** Whether the sound goes to standard output. */
  boolean isStandardOutput() {
    return output.value().equals(STANDARD_STREAM);
  }

  /** The same, where each answer of a conversation has a file of its own: {@code answer-2.wav}. */
  TurnRequest request(String text, String conversation, int number, Path directory) {
    if (output.value().equals(STANDARD_STREAM)) {
      throw new IllegalArgumentException(
          "'-o -' would write many sounds into one: name a file, of which each answer gets its"
              + " own (-o answer.wav makes answer-1.wav, answer-2.wav, ...)");
    }
    TurnRequest one = request(text, TextMode.ASK, directory);
    String path = one.path().replaceFirst("(\\.[^./\\\\]*)?$", "-" + number + "$1");
    return new TurnRequest(
        text,
        one.options().withConversation(conversation),
        one.sink(),
        one.path().isEmpty() ? "" : path);
  }

  /**
   * The request for a turn.
   *
   * @param text the prompt or the text; empty for one that is still being written
   * @param directory where a file's name begins
   * @throws IllegalArgumentException says which option is wrong
   */
  TurnRequest request(String text, TextMode mode, Path directory) {
    if (output.value().equals(STANDARD_STREAM) && Terminal.isStandardOutput()) {
      throw new IllegalArgumentException(
          "'-o -' would write sound over the terminal: send it on to a player (-o - | aplay),"
              + " or name a file (-o answer.wav)");
    }
    if (output.value().matches(".*[/\\\\]")) {
      throw new IllegalArgumentException(
          "'-o " + output.value() + "' names a folder: name a file in it (-o answer.wav)");
    }
    Pace pace = output.value().isEmpty() ? Pace.REALTIME : Pace.ASAP;
    TurnOptions options =
        new TurnOptions(voice.value(), "", clauses.value(), pace, "")
            .withLanguage(languageCode())
            .withMode(mode)
            .withSpeed(thousandths());
    if (output.value().isEmpty()) {
      return new TurnRequest(text, options, Sink.CARD, "");
    }
    if (output.value().equals(STANDARD_STREAM)) {
      return new TurnRequest(text, options, Sink.BUS, "");
    }
    return new TurnRequest(
        text, options, Sink.FILE, directory.resolve(output.value()).toAbsolutePath().toString());
  }

  private int thousandths() {
    if (!speed.isGiven()) {
      return 0;
    }
    long thousandths = Math.round(speed.value() * 1000); // 0 for what is no number
    if (thousandths < TurnOptions.LEAST_SPEED || thousandths > TurnOptions.MOST_SPEED) {
      throw new IllegalArgumentException("--speed: " + TurnOptions.speedFault());
    }
    return (int) thousandths;
  }

  private String languageCode() {
    return language.value().isEmpty()
        ? ""
        : LanguageTag.code(language.value())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "--language must be "
                            + LanguageTag.EXPECTED
                            + ", not '"
                            + language.value()
                            + "'"));
  }
}
