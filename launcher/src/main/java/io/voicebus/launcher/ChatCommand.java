package io.voicebus.launcher;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.voicebus.bus.FailureKind;
import io.voicebus.contract.Setting;
import io.voicebus.gemini.GeminiConfig;
import io.voicebus.turn.TurnRequest;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** {@code voicebus chat}: a conversation at the terminal, in which the answers are spoken. */
final class ChatCommand extends SpeechCommand {
  private static final Set<Role> STAGES = EnumSet.complementOf(EnumSet.of(Role.HTTP));

  private final String conversation = "chat-" + UUID.randomUUID();

  /** The answer to the last question. */
  private volatile ChatAnswer latest = ChatAnswer.NONE;

  private String expected = "";

  ChatCommand(SettingSources sources, OutputStream out) {
    super(
        sources,
        out,
        "chat",
        "Talk with a model: each line is a question, and its answer is spoken.",
        "A new line stops the answer, and so does Ctrl-C. Ctrl-D ends the conversation,",
        "and so does Ctrl-C while no answer is spoken. Lines from a pipe are answered",
        "one after the other.");
  }

  @Override
  public List<Setting<?>> prominent() {
    return Stream.concat(Stream.of(GeminiConfig.SOURCE), super.prominent().stream()).toList();
  }

  @Override
  public Integer call() throws Exception {
    Configuration configuration = configuration();
    Banner.requireModel(configuration);
    // What is wrong with the options, or with the sound, is told before the first question.
    requireSound(options.request("?", conversation, 1, directory()));
    Logging.leaveReadinessToTheMessage();
    Vertx vertx = Vertx.vertx(EventLoops.options());
    try (Recordings recordings = Recordings.install(vertx, configuration, directory())) {
      Future<Void> deployed = new Pipeline(vertx, configuration).deployStages(STAGES);
      // While they start.
      try (ChatLines lines = lines()) {
        Thread stop = new Thread(() -> stop(lines, vertx), "voicebus-stop");
        Runtime.getRuntime().addShutdownHook(stop);
        try {
          Waiting.on(deployed);
          ChatVerticle chat = new ChatVerticle();
          Waiting.on(vertx.deployVerticle(chat));
          expected = OnlyVoice.expected(configuration, vertx, System.getenv());
          return talk(chat, lines, Terminal.isStandardInput());
        } finally {
          Waiting.forget(stop);
        }
      }
    } finally {
      Waiting.briefly(vertx.close());
    }
  }

  private void stop(ChatLines lines, Vertx vertx) {
    latest.stop();
    lines.close();
    Waiting.briefly(vertx.close());
  }

  private ChatLines lines() {
    Optional<InputLine> edited = InputLine.ofThisTerminal(() -> latest.stop());
    if (edited.isPresent()) {
      return edited.get();
    }
    Signals.interruptsOr(() -> latest.stop());
    return new PlainLines(System.in, err());
  }

  /** Until there are no more lines; the exit code: of the last thing that went wrong. */
  private int talk(ChatVerticle chat, ChatLines lines, boolean typed) throws Exception {
    PrintWriter shown = lines.shown();
    if (typed) {
      shown.println(
          "voicebus: type a question; a new line or Ctrl-C stops the answer, Ctrl-D ends");
      shown.flush();
    }
    int number = 0;
    int code = 0;
    for (Optional<ChatLine> next = lines.next(); next.isPresent(); next = lines.next()) {
      latest.stop();
      ChatLine line = next.get();
      if (!line.fault().isEmpty()) {
        shown.println("voicebus: a line is " + line.fault() + "; it is not asked");
        shown.flush();
        code = ExitCodes.USAGE;
      } else if (!line.text().isBlank()) {
        lines.echo(line.text());
        number++;
        TurnRequest request =
            options.request(line.text(), conversation, number, directory()).expecting(expected);
        Transcript transcript = Transcript.ofAnswer(shown).with(options.detail());
        latest = ChatAnswer.begin(chat, request, transcript);
        if (!typed) {
          int exit = latest.awaitEnd();
          code = exit == 0 ? code : exit;
        }
      }
    }
    latest.stop();
    int exit = latest.awaitEnd();
    if (lines.isInterrupted()) {
      return ExitCodes.of(FailureKind.CANCELLED);
    }
    return exit == 0 ? code : exit;
  }
}
