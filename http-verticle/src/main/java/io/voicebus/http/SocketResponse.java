package io.voicebus.http;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.ServerWebSocket;
import io.voicebus.bus.Clock;
import io.voicebus.bus.Failure;
import io.voicebus.contract.TurnId;
import io.voicebus.contract.TurnListen;
import io.voicebus.http.door.ConnectionWatch;
import io.voicebus.http.door.MessageRate;
import io.voicebus.http.wire.JsonFields;
import io.voicebus.http.wire.JsonText;
import io.voicebus.http.wire.Problem;
import io.voicebus.http.wire.ProblemException;
import io.voicebus.http.wire.ProblemMapping;
import io.voicebus.http.wire.SharedBytes;
import io.voicebus.http.wire.StrictUtf8;
import org.jspecify.annotations.Nullable;

/**
 * Sends one turn's playout and its events over one WebSocket, and takes the listener's reports.
 *
 * <p>Audio is sent as it comes, and stops the flow when the client does not read; events come at
 * the client's speed. Both share one queue of {@link #QUEUE_BYTES}.
 */
final class SocketResponse implements TurnClient {
  /** What may wait in this process for the client to read: 0.7 s of speech at 24 kHz. */
  static final int QUEUE_BYTES = 32 * 1024;

  /** A page reports four times a second. */
  static final int MESSAGES_PER_SECOND = 50;

  static final int MESSAGES_AT_ONCE = 100;

  /**
   * How long a listener is not read that says too much at once, as after a break of its network.
   */
  static final long BREATH_MS = 100;

  private static final long NO_TIMER = -1;

  private final Vertx vertx;
  private final HttpSettings settings;
  private final Clock clock;
  private final ConnectionWatch connections;
  private final TurnDirectory turns;
  private final TurnId turn;
  private final HttpConnection http;
  private final MessageRate rate;
  private @Nullable ServerWebSocket socket;
  private @Nullable TurnConnection connection;
  private long heartbeat = NO_TIMER;
  private long resumeTimer = NO_TIMER;
  private long breath = NO_TIMER;
  private long aliveAt;
  private boolean resuming;
  private boolean ended;
  private boolean over;

  SocketResponse(
      Vertx vertx,
      HttpSettings settings,
      Clock clock,
      ConnectionWatch connections,
      TurnDirectory turns,
      TurnId turn,
      HttpConnection http) {
    this.vertx = vertx;
    this.settings = settings;
    this.clock = clock;
    this.connections = connections;
    this.turns = turns;
    this.turn = turn;
    this.http = http;
    this.rate = new MessageRate(MESSAGES_PER_SECOND, MESSAGES_AT_ONCE, clock.nanoTime());
  }

  /**
   * The socket is open.
   *
   * @param served null for a listener that is to say first what it has
   */
  void begin(ServerWebSocket opened, @Nullable TurnConnection served) {
    socket = opened;
    opened.setWriteQueueMaxSize(QUEUE_BYTES);
    opened.drainHandler(ignored -> drained());
    TextMessages.read(
        opened,
        this::message,
        fault -> refuse(SocketClose.misunderstood(JsonFields.invalid(fault))));
    opened.binaryMessageHandler(ignored -> refuse(SocketClose.BINARY));
    opened.pongHandler(ignored -> aliveAt = clock.nanoTime());
    opened.closeHandler(ignored -> closed(SocketClose.isFrame(opened.closeStatusCode())));
    opened.exceptionHandler(this::broken);
    aliveAt = clock.nanoTime();
    heartbeat = vertx.setPeriodic(settings.heartbeat().toMillis(), ignored -> beat());
    if (served == null) {
      resumeTimer =
          vertx.setTimer(
              settings.door().request().toMillis(), ignored -> close(SocketClose.NO_RESUME));
    } else {
      start(served);
    }
  }

  private void start(TurnConnection served) {
    connection = served;
    if (over) {
      served.gone();
    } else {
      served.start();
    }
  }

  @Override
  public void format(int sampleRateHz) {
    JsonText data = JsonText.object().put("sample_rate_hz", sampleRateHz);
    send(
        JsonText.object()
            .put("event", "format")
            .put("data", data.put("channels", 1).put("bits", 16)));
  }

  @Override
  public void audio(int chunk, byte[] pcm) {
    ServerWebSocket to = socket;
    if (!over && to != null && !to.isClosed()) {
      to.writeBinaryMessage(SharedBytes.buffer(pcm));
    }
  }

  private void drained() {
    aliveAt = clock.nanoTime();
    if (connection != null) {
      connection.drained();
    }
  }

  /** A socket is closed some time before its handler is told, and then refuses the question. */
  @Override
  public boolean full() {
    ServerWebSocket to = socket;
    return to == null || to.isClosed() || to.writeQueueFull();
  }

  @Override
  public void event(long dropped, long id, EventJson event) {
    if (dropped > 0) {
      JsonText data = JsonText.object().put("events", dropped);
      send(JsonText.object().put("event", "dropped").put("data", data));
    }
    send(JsonText.object().put("id", id).put("event", event.name()).putJson("data", event.data()));
  }

  private void send(JsonText message) {
    ServerWebSocket to = socket;
    if (!over && to != null && !to.isClosed()) {
      to.writeTextMessage(message.toString());
    }
  }

  @Override
  public void ended(@Nullable Failure why) {
    ended = true;
    close(SocketClose.of(why));
  }

  @Override
  public void dismissed() {
    close(SocketClose.HAS_LISTENER);
  }

  @Override
  public void lost() {
    close(SocketClose.LOST);
  }

  // What the listener says.

  private void message(String text) {
    if (over) {
      return;
    }
    aliveAt = clock.nanoTime();
    if (text.length() > SocketCommand.MAX_BYTES
        || StrictUtf8.length(text) > SocketCommand.MAX_BYTES) {
      refuse(SocketClose.TOO_LONG);
      return;
    }
    if (!rate.accept(aliveAt)) {
      rest();
    }
    try {
      accept(SocketCommand.parse(text));
    } catch (ProblemException why) {
      refuse(SocketClose.misunderstood(why));
    }
  }

  /** What it says next is read later. */
  private void rest() {
    ServerWebSocket from = socket;
    if (from != null && breath == NO_TIMER) {
      from.pause();
      breath =
          vertx.setTimer(
              BREATH_MS,
              ignored -> {
                breath = NO_TIMER;
                from.resume();
              });
    }
  }

  private void accept(SocketCommand command) {
    TurnConnection served = connection;
    SocketCommand.Resume resume = command.resume();
    if (served == null) {
      if (resume == null || resuming) {
        throw JsonFields.invalid("say first with 'resume' what you have");
      }
      resume(resume);
    } else if (resume != null) {
      throw JsonFields.invalid("'resume' comes first, and once");
    } else if (command.position() != null) {
      served.position(command.position());
    } else if (command.hold() != null) {
      hold(command.hold());
    } else {
      served.cancel("the listener asked for the end");
    }
  }

  private void hold(SocketCommand.Hold hold) {
    (hold.on() ? turns.hold(turn, hold.playedMs()) : turns.resume(turn, hold.playedMs()))
        .onFailure(why -> tellError(ProblemMapping.of(why)));
  }

  /** What cannot be done is told; the turn goes on. */
  private void tellError(Problem why) {
    JsonText data =
        JsonText.object()
            .put("kind", why.type())
            .put("status", why.status())
            .put("detail", why.detail());
    send(JsonText.object().put("event", "error").put("data", data));
  }

  /** The listener comes back. */
  private void resume(SocketCommand.Resume has) {
    if (!has.turn().equals(turn.value())) {
      throw JsonFields.invalid("'turn' must be the one of this path");
    }
    resuming = true;
    vertx.cancelTimer(resumeTimer);
    turns
        .connect(new TurnListen(turn, has.sample(), true, true, has.lastEvent()), this)
        .onSuccess(this::start)
        .onFailure(why -> close(SocketClose.of(ProblemMapping.of(why))));
  }

  /** A listener that shows no life for {@code stalled-ms}, and has not paused, has gone. */
  private void beat() {
    if (over) {
      return;
    }
    TurnConnection served = connection;
    boolean paused = served != null && served.paused();
    if (socket != null
        && (paused || clock.nanoTime() - aliveAt < settings.limits().stalled().toNanos())) {
      socket.writePing(Buffer.buffer());
    } else {
      cancel("the listener has given no sign of life for stalled-ms");
      ConnectionWatch.abort(http);
    }
  }

  private void broken(Throwable why) {
    SocketClose fault = SocketClose.broken(why, SocketClose.TOO_LONG);
    if (fault != null) {
      ConnectionWatch.linger(http);
      refuse(fault);
    }
  }

  /** Ends the turn of a client that does not keep to the protocol. */
  private void refuse(SocketClose why) {
    close(why);
    cancel("the listener's socket was closed: " + why.reason());
  }

  private void cancel(String why) {
    if (connection != null) {
      connection.cancel(why);
    }
  }

  private void close(SocketClose why) {
    if (!over && socket != null) {
      over = true;
      socket.close((short) why.code(), why.reason());
    }
  }

  /**
   * The socket is closed, by whomever.
   *
   * @param byFrame whether the client has sent a close frame: then it has gone on purpose, or has
   *     got all that was sent before ours
   */
  private void closed(boolean byFrame) {
    boolean onPurpose = byFrame && !over;
    over = true;
    vertx.cancelTimer(heartbeat);
    vertx.cancelTimer(resumeTimer);
    vertx.cancelTimer(breath);
    connections.closed(http);
    if (onPurpose) {
      cancel("the listener has gone");
    }
    if (connection != null && !(ended && byFrame)) {
      connection.gone();
    }
  }
}
