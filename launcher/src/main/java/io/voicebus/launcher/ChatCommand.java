package io.voicebus.launcher;

import io.vertx.core.Vertx;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import io.voicebus.bus.VoicebusException;
import io.voicebus.contract.Setting;
import io.voicebus.contract.Sink;
import io.voicebus.contract.Utf8Pieces;
import io.voicebus.gemini.GeminiConfig;
import io.voicebus.playback.SoundCard;
import io.voicebus.turn.TurnRequest;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** {@code voicebus chat}: a conversation at the terminal, in which the answers are spoken. */
final class ChatCommand extends SpeechCommand {
  private static final Set<Role> STAGES = EnumSet.complementOf(EnumSet.of(Role.HTTP));

  /** A character for each byte: a line that is not UTF-8 is refused, and not altered. */
  private static final Charset BYTES = StandardCharsets.ISO_8859_1;

  private final String conversation = "chat-" + UUID.randomUUID();

  /** The answer to the last question. */
  private volatile ChatAnswer latest = ChatAnswer.NONE;

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
    TurnRequest first = options.request("?", conversation, 1, directory());
    Optional<String> silent = first.sink() == Sink.CARD ? SoundCard.missing() : Optional.empty();
    if (silent.isPresent()) {
      throw new VoicebusException(Stage.PLAYBACK, FailureKind.UNAVAILABLE, silent.get());
    }
    Logging.leaveReadinessToTheMessage();
    Vertx vertx = Vertx.vertx(EventLoops.options());
    try (Recordings recordings = Recordings.install(vertx, configuration, directory())) {
      Waiting.on(new Pipeline(vertx, configuration).deployStages(STAGES));
      ChatVerticle chat = new ChatVerticle();
      Waiting.on(vertx.deployVerticle(chat));
      return talk(chat, Terminal.isStandardInput());
    } finally {
      Waiting.briefly(vertx.close());
    }
  }

  /** Until there are no more lines; the exit code: of the last thing that went wrong. */
  private int talk(ChatVerticle chat, boolean typed) throws Exception {
    if (typed) {
      err()
          .println("voicebus: type a question; a new line or Ctrl-C stops the answer, Ctrl-D ends");
      err().flush();
    }
    Signals.interruptsOr(() -> latest.stop());
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, BYTES));
    int number = 0;
    int code = 0;
    String bytes;
    while ((bytes = lines.readLine()) != null) {
      latest.stop();
      Utf8Pieces pieces = new Utf8Pieces();
      String line = pieces.accept(bytes.getBytes(BYTES));
      pieces.end();
      if (pieces.isMalformed()) {
        err().println("voicebus: a line is " + pieces.fault() + "; it is not asked");
        err().flush();
        code = ExitCodes.USAGE;
      } else if (!line.isBlank()) {
        number++;
        TurnRequest request = options.request(line, conversation, number, directory());
        Transcript transcript = Transcript.ofAnswer(err()).with(options.detail());
        latest = ChatAnswer.begin(chat, request, transcript);
        if (!typed) {
          int exit = latest.awaitEnd();
          code = exit == 0 ? code : exit;
        }
      }
    }
    latest.stop();
    int exit = latest.awaitEnd();
    return exit == 0 ? code : exit;
  }
}
