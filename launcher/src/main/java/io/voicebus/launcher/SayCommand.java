package io.voicebus.launcher;

import io.voicebus.contract.TextMode;
import io.voicebus.turn.TurnRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code voicebus say}: a text is spoken, also while another program is still writing it. */
@Command(
    name = "say",
    mixinStandardHelpOptions = true,
    description = {
      "Speak a text, to the sound card, a file or standard output.",
      "What others write is spoken as it comes: llm 'Tell me a story' | voicebus say -",
      "The text and the timings go to standard error."
    })
final class SayCommand extends SpeechCommand {
  /** No text source is needed: the text is here. */
  private static final Set<Role> STAGES = EnumSet.of(Role.CHUNKER, Role.TTS, Role.PLAYBACK);

  @Parameters(
      arity = "0..*",
      paramLabel = "TEXT",
      description = "What to say; '-' speaks standard input as it comes in.")
  private List<String> words = List.of();

  @Option(
      names = {"-f", "--file"},
      defaultValue = "",
      paramLabel = "FILE",
      description = "Speak what is in FILE.")
  private String file;

  @Option(
      names = "--json",
      description = "Write each event of the turn to standard output, as a line of JSON.")
  private boolean json;

  SayCommand(SettingSources sources, OutputStream out) {
    super(sources, out);
  }

  @Override
  public Integer call() throws Exception {
    PrintWriter err = err();
    String text = String.join(" ", words);
    if (!file.isEmpty() && !words.isEmpty()) {
      throw new IllegalArgumentException("give either a text or a file, not both");
    }
    if ((file.isEmpty() ? text : file).equals(STANDARD_STREAM)) {
      return input(err);
    }
    if (!file.isEmpty()) {
      try (InputStream in = open()) {
        return piped(new PipedText(in, "'" + file + "'", false), Transcript.ofPipedText(err));
      }
    }
    if (text.isBlank()) {
      throw new IllegalArgumentException(
          "there is nothing to say: give a text, a file (-f FILE), or '-' for standard input");
    }
    return turn(Transcript.ofText(err)).run(options.request(text, TextMode.SAY, directory()), null);
  }

  private int input(PrintWriter err) throws Exception {
    boolean typed = Terminal.isStandardInput();
    if (typed) {
      err.println("voicebus: type, and each line is spoken; Ctrl-D ends the text");
      err.flush();
    }
    return piped(
        new PipedText(System.in, "standard input", typed),
        typed ? Transcript.ofTypedText(err) : Transcript.ofPipedText(err));
  }

  private int piped(PipedText text, Transcript transcript) throws Exception {
    TurnRequest request = options.request("", TextMode.SAY, directory());
    text.start();
    return turn(transcript).run(request, text);
  }

  private SpokenTurn turn(Transcript transcript) {
    return turn(configuration(), STAGES, transcript, json);
  }

  private InputStream open() {
    Path path = directory().resolve(file);
    try {
      if (Files.isDirectory(path)) {
        throw new IllegalArgumentException(
            "'" + file + "' is a directory; give the name of a file");
      }
      return Files.newInputStream(path);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          Files.exists(path)
              ? "cannot read '" + file + "': " + e
              : "there is no file '" + file + "'",
          e);
    }
  }
}
