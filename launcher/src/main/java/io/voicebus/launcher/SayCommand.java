package io.voicebus.launcher;

import io.voicebus.contract.FileTrouble;
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

/** {@code voicebus say}: a text is spoken, also while another program is still writing it. */
final class SayCommand extends SpeechCommand {
  /** No text source is needed: the text is here. */
  private static final Set<Role> STAGES = EnumSet.complementOf(EnumSet.of(Role.HTTP, Role.GEMINI));

  private final Argument<List<String>> words =
      parameters("0..*", "TEXT", "Text to speak; '-' speaks standard input while it comes in.");

  private final Argument<String> file =
      text(option("-f", "--file").paramLabel("FILE").description("Speak the text in FILE."));

  private final Argument<Boolean> json =
      flag(
          option("--json")
              .description("Write each event of the turn to standard output, as a line of JSON."));

  SayCommand(SettingSources sources, OutputStream out) {
    super(
        sources,
        out,
        "say",
        "Speak a text, to the sound card, a file or standard output.",
        "The output of another program is spoken while it is written:",
        "llm 'Tell me a story' | voicebus say -",
        "The text and the timings go to standard error.");
  }

  @Override
  public Integer call() throws Exception {
    PrintWriter err = err();
    String text = String.join(" ", words.value());
    if (!file.value().isEmpty() && !words.value().isEmpty()) {
      throw new IllegalArgumentException("give either a text or a file, not both");
    }
    if ((file.value().isEmpty() ? text : file.value()).equals(STANDARD_STREAM)) {
      return input(err);
    }
    if (!file.value().isEmpty()) {
      try (InputStream in = open()) {
        return piped(
            new PipedText(in, "'" + file.value() + "'", false), Transcript.ofPipedText(err));
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
      requireSound(options.request("", TextMode.SAY, directory()));
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
    return turn(configuration(), STAGES, transcript, json.value());
  }

  private InputStream open() {
    Path path = directory().resolve(file.value());
    try {
      if (Files.isDirectory(path)) {
        throw new IllegalArgumentException(
            "'" + file.value() + "' is a directory; give the name of a file");
      }
      return Files.newInputStream(path);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          Files.exists(path)
              ? "cannot read '" + file.value() + "': " + FileTrouble.inWords(path, e)
              : "there is no file '" + file.value() + "'",
          e);
    }
  }
}
