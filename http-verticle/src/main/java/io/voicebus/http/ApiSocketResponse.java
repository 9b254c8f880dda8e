package io.voicebus.http;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.ServerWebSocket;
import io.voicebus.bus.Clock;
import io.voicebus.http.api.ApiSocket;
import io.voicebus.http.api.ApiSocketClient;
import io.voicebus.http.door.ConnectionWatch;
import io.voicebus.http.door.MessageRate;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A WebSocket of this instance, for a protocol of a package of its own. */
final class ApiSocketResponse implements ApiSocket {
  /** How long a client is not read that says too much at once. */
  private static final long BREATH_MS = 100;

  private static final long NO_TIMER = -1;

  private final Vertx vertx;
  private final HttpSettings settings;
  private final Clock clock;
  private final TurnSessions sessions;
  private final ConnectionWatch connections;
  private final HttpConnection http;
  private final ServerWebSocket socket;
  private final MessageRate rate;
  private final ApiSocketClient client;
  private final Runnable onDrain;
  private long heartbeat = NO_TIMER;
  private long breath = NO_TIMER;
  private long periodic = NO_TIMER;
  private long aliveAt;

  /** Whether an answer waits for the client to read. */
  private boolean owes;

  private boolean unread;
  private boolean over;
  private boolean told;

  private ApiSocketResponse(
      Vertx vertx,
      HttpSettings settings,
      Clock clock,
      TurnSessions sessions,
      ConnectionWatch connections,
      HttpConnection http,
      ServerWebSocket socket,
      Function<ApiSocket, ApiSocketClient> protocol) {
    this.vertx = vertx;
    this.settings = settings;
    this.clock = clock;
    this.sessions = sessions;
    this.connections = connections;
    this.http = http;
    this.socket = socket;
    this.rate =
        new MessageRate(
            SessionResponse.MESSAGES_PER_SECOND,
            SessionResponse.MESSAGES_AT_ONCE,
            clock.nanoTime());
    this.client = protocol.apply(this);
    this.onDrain = client::stopping;
  }

  /** The socket is open. */
  static void begin(
      Vertx vertx,
      HttpSettings settings,
      Clock clock,
      TurnSessions sessions,
      ConnectionWatch connections,
      HttpConnection http,
      ServerWebSocket socket,
      Function<ApiSocket, ApiSocketClient> protocol) {
    new ApiSocketResponse(vertx, settings, clock, sessions, connections, http, socket, protocol)
        .begin();
  }

  private void begin() {
    socket.setWriteQueueMaxSize(SocketResponse.QUEUE_BYTES);
    socket.drainHandler(ignored -> drained());
    socket.textMessageHandler(this::message);
    socket.binaryMessageHandler(ignored -> binary());
    socket.pongHandler(ignored -> aliveAt = clock.nanoTime());
    socket.closeHandler(ignored -> closed());
    socket.exceptionHandler(this::broken);
    aliveAt = clock.nanoTime();
    heartbeat = vertx.setPeriodic(settings.heartbeat().toMillis(), ignored -> beat());
    sessions.onDrain(onDrain);
    if (sessions.draining()) {
      client.stopping();
    }
  }

  // To the client.

  /** A socket is closed some time before its handler is told, and then refuses the question. */
  @Override
  public boolean full() {
    return over || socket.isClosed() || socket.writeQueueFull();
  }

  @Override
  public void send(String text) {
    if (!over && !socket.isClosed()) {
      socket.writeTextMessage(text);
    }
  }

  @Override
  public void answer(String text) {
    send(text);
    owes = full();
    readOrNot();
  }

  @Override
  public void close(int code, String reason) {
    if (!over) {
      over = true;
      socket.close((short) code, SocketClose.printable(reason));
      // What still waits to be read is of no matter, but the client's close frame is.
      socket.resume();
    }
  }

  private void drained() {
    aliveAt = clock.nanoTime();
    owes = false;
    client.drained();
    readOrNot();
  }

  // From the client.

  private void message(String text) {
    if (over) {
      return;
    }
    aliveAt = clock.nanoTime();
    if (!rate.accept(aliveAt) && breath == NO_TIMER) {
      breath =
          vertx.setTimer(
              BREATH_MS,
              ignored -> {
                breath = NO_TIMER;
                readOrNot();
              });
    }
    client.message(text);
    readOrNot();
  }

  private void binary() {
    if (!over) {
      client.binary();
    }
  }

  @Override
  public void waitingChanged() {
    readOrNot();
  }

  @Override
  public boolean isRead() {
    return !unread;
  }

  private void readOrNot() {
    boolean stop = owes || breath != NO_TIMER || client.isAhead();
    if (over || stop == unread) {
      return;
    }
    unread = stop;
    if (stop) {
      socket.pause();
    } else {
      socket.resume();
    }
  }

  // Time.

  @Override
  public void soon(Runnable action) {
    vertx.runOnContext(ignored -> action.run());
  }

  @Override
  public void every(long ms, Runnable action) {
    periodic = vertx.setPeriodic(ms, ignored -> action.run());
  }

  @Override
  public long nowMs() {
    return TimeUnit.NANOSECONDS.toMillis(clock.nanoTime());
  }

  /** One that is not read cannot show any life, but by reading. */
  private void beat() {
    if (unread && !full()) {
      aliveAt = clock.nanoTime();
    }
    if (clock.nanoTime() - aliveAt >= settings.limits().stalled().toNanos()) {
      tellGone();
      ConnectionWatch.abort(http);
    } else if (!over) {
      socket.writePing(Buffer.buffer());
    }
  }

  // The end.

  private void broken(Throwable why) {
    SocketClose fault = SocketClose.broken(why, SocketClose.LONG_SESSION_MESSAGE);
    if (fault != null) {
      close(fault.code(), fault.reason());
      tellGone();
    }
  }

  private void closed() {
    over = true;
    sessions.offDrain(onDrain);
    vertx.cancelTimer(heartbeat);
    vertx.cancelTimer(breath);
    vertx.cancelTimer(periodic);
    connections.closed(http);
    tellGone();
  }

  private void tellGone() {
    if (!told) {
      told = true;
      client.gone();
    }
  }
}
