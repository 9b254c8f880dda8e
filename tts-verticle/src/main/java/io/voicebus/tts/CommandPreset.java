package io.voicebus.tts;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

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
 */
record CommandPreset(
    String name,
    List<String> arguments,
    String voice,
    boolean voicesByName,
    boolean wav,
    int sampleRateHz,
    List<String> listing,
    String advice) {
  static final String TEXT = "{text}";
  static final String VOICE = "{voice}";
  static final String FILE = "{file}";

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
              "install piper, and set command-voice to the path of a voice (.onnx)"),
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
              "it comes with macOS"),
          new CommandPreset(
              "rhvoice",
              List.of("RHVoice-test", "-p", VOICE, "-o", "/dev/stdout"),
              "slt",
              true,
              true,
              24_000,
              List.of(),
              "install RHVoice"),
          // Its input must be an argument: it waits for ever on a pipe.
          new CommandPreset(
              "flite",
              List.of("flite", "-voice", VOICE, "-t", TEXT, "-o", "/dev/stdout"),
              "slt",
              true,
              true,
              16_000,
              List.of("flite", "-lv"),
              "install the package flite"),
          new CommandPreset(
              "espeak-ng",
              List.of("espeak-ng", "-v", VOICE, "--stdin", "--stdout"),
              "en",
              true,
              true,
              22_050,
              List.of("espeak-ng", "--voices"),
              "install the package espeak-ng"),
          // Into a pipe it writes a second head at the end, when it knows the length.
          new CommandPreset(
              "festival",
              List.of("text2wave", "-F", "16000", "-o", FILE),
              "",
              false,
              true,
              16_000,
              List.of(),
              "install the package festival and a voice for it"));

  String program() {
    return arguments.get(0);
  }

  /** Whether it can be used without being told a voice. */
  boolean hasVoice() {
    return voicesByName || !voice.isEmpty() || !arguments.contains(VOICE);
  }

  CommandPreset withVoice(String other) {
    return new CommandPreset(
        name, arguments, other, voicesByName, wav, sampleRateHz, listing, advice);
  }

  CommandPreset withRate(int hz) {
    return new CommandPreset(name, arguments, voice, voicesByName, wav, hz, listing, advice);
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
