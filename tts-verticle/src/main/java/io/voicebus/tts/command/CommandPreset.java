package io.voicebus.tts.command;

import io.voicebus.tts.engine.SpeedRange;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a program that speaks is called. Its arguments may name {@link #TEXT}, {@link #VOICE} and
 * {@link #FILE}; without {@code {text}} the text goes to its standard input, without {@code {file}}
 * the sound comes from its standard output.
 *
 * @param name what settings choose it by
 * @param arguments the program first
 * @param voice the default one; empty for the program's own
 * @param voicesByName whether callers may name other voices; where voices are files, they may not
 * @param wav a WAV file comes; else bare samples
 * @param sampleRateHz of the default voice
 * @param listing arguments that make the program list its voices; empty if it cannot
 * @param advice how to get it
 * @param tempo arguments for another speed than its own, put behind the program; empty if it has
 *     none, or the arguments name it
 * @param speeds how fast it can speak
 */
record CommandPreset(
    String name,
    List<String> arguments,
    String voice,
    boolean voicesByName,
    boolean wav,
    int sampleRateHz,
    List<String> listing,
    String advice,
    List<String> tempo,
    SpeedRange speeds) {
  static final String TEXT = "{text}";
  static final String VOICE = "{voice}";
  static final String FILE = "{file}";

  /** The speed, 1 being the voice's own; how much longer that takes; and by the minute. */
  static final String SPEED = "{speed}";

  static final String STRETCH = "{stretch}";
  static final String PERCENT = "{percent}";
  static final String WORDS_A_MINUTE = "{wpm}";

  /** The usual speed of programs that count it in words a minute. */
  private static final double USUAL_WORDS_A_MINUTE = 175;

  private static final Pattern MACROS = Pattern.compile("\\[(?=\\[)");

  /** From 80 to 450 words a minute. */
  private static final SpeedRange ESPEAK_SPEEDS =
      new SpeedRange(80 / USUAL_WORDS_A_MINUTE, 450 / USUAL_WORDS_A_MINUTE);

  /** Best first; piper needs a voice of the user's before it counts. */
  static final List<CommandPreset> ALL =
      List.of(
          new CommandPreset(
              "piper",
              List.of("piper", "--model", VOICE, "--output-raw"),
              "",
              false,
              false,
              22_050,
              List.of(),
              "install piper, and set command-voice to the path of a voice (.onnx)",
              List.of("--length-scale", STRETCH),
              SpeedRange.ANY),
          new CommandPreset(
              "say",
              List.of(
                  "say",
                  "-v",
                  VOICE,
                  "-o",
                  FILE,
                  "--file-format=WAVE",
                  "--data-format=LEI16@22050"),
              "",
              true,
              true,
              22_050,
              List.of(),
              "it comes with macOS",
              List.of("-r", WORDS_A_MINUTE),
              SpeedRange.ANY),
          new CommandPreset(
              "rhvoice",
              List.of("RHVoice-test", "-p", VOICE, "-o", "/dev/stdout"),
              "slt",
              true,
              true,
              24_000,
              List.of(),
              "install RHVoice",
              List.of("-r", PERCENT),
              SpeedRange.ANY),
          // Its input must be an argument: it waits for ever on a pipe.
          new CommandPreset(
              "flite",
              List.of("flite", "-voice", VOICE, "-t", TEXT, "-o", "/dev/stdout"),
              "slt",
              true,
              true,
              16_000,
              List.of("flite", "-lv"),
              "install the package flite",
              List.of("--setf", "duration_stretch=" + STRETCH),
              SpeedRange.ANY),
          new CommandPreset(
              "espeak-ng",
              List.of("espeak-ng", "-v", VOICE, "--stdin", "--stdout"),
              "en",
              true,
              true,
              22_050,
              List.of("espeak-ng", "--voices"),
              "install the package espeak-ng",
              List.of("-s", WORDS_A_MINUTE),
              ESPEAK_SPEEDS),
          // Into a pipe it writes a second head at the end, when it knows the length.
          new CommandPreset(
              "festival",
              List.of("text2wave", "-F", "16000", "-o", FILE),
              "",
              false,
              true,
              16_000,
              List.of(),
              "install the package festival and a voice for it",
              List.of("-eval", "(Parameter.set 'Duration_Stretch " + STRETCH + ")"),
              SpeedRange.ANY));

  String program() {
    return arguments.get(0);
  }

  /** Whether an argument names it, alone or within other words. */
  boolean names(String placeholder) {
    return arguments.stream().anyMatch(argument -> argument.contains(placeholder));
  }

  /**
   * The text without what these programs take for commands: {@code say} obeys {@code [[slnc 9000]]}
   * and espeak-ng reads phonemes so. A space between the brackets disarms them.
   */
  String harmless(String text) {
    return MACROS.matcher(text).replaceAll("[ ");
  }

  /**
   * The arguments, the program first.
   *
   * @param speed of the speech; 0 for the program's own
   */
  List<String> arguments(double speed) {
    List<String> all = new ArrayList<>(arguments);
    if (speed != 0) {
      all.addAll(1, tempo);
    }
    double factor = speed == 0 ? 1 : speeds.nearest(speed);
    all.replaceAll(
        argument ->
            argument
                .replace(SPEED, decimal(factor))
                .replace(STRETCH, decimal(1 / factor))
                .replace(PERCENT, Long.toString(Math.round(100 * factor)))
                .replace(WORDS_A_MINUTE, Long.toString(Math.round(USUAL_WORDS_A_MINUTE * factor))));
    return all;
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  /** Whether it can speak without a voice in the settings. */
  boolean hasVoice() {
    return voicesByName || !voice.isEmpty() || !names(VOICE);
  }

  CommandPreset withVoice(String other) {
    return new CommandPreset(
        name, arguments, other, voicesByName, wav, sampleRateHz, listing, advice, tempo, speeds);
  }

  /** Whether an argument depends on the speed. */
  boolean namesSpeed() {
    return names(SPEED) || names(STRETCH) || names(PERCENT) || names(WORDS_A_MINUTE);
  }

  CommandPreset withSpeeds(SpeedRange range) {
    return new CommandPreset(
        name, arguments, voice, voicesByName, wav, sampleRateHz, listing, advice, tempo, range);
  }

  CommandPreset withRate(int hz) {
    return new CommandPreset(
        name, arguments, voice, voicesByName, wav, hz, listing, advice, tempo, speeds);
  }

  /** The program's file, if it is there; a name with a slash is not looked up. */
  static Optional<Path> find(String program, String searchPath) {
    if (program.contains("/")) {
      return Optional.of(Path.of(program)).filter(Files::isExecutable);
    }
    for (String folder : searchPath.split(File.pathSeparator, -1)) {
      Path file = Path.of(folder.isEmpty() ? "." : folder).resolve(program);
      if (Files.isRegularFile(file) && Files.isExecutable(file)) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }
}
