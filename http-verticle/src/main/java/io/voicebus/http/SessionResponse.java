package io.voicebus.http;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.ServerWebSocket;
import io.voicebus.bus.Clock;
import io.voicebus.http.api.ApiSocket;
import io.voicebus.http.api.SocketSession;
import io.voicebus.http.door.ConnectionWatch;
import io.voicebus.http.door.MessageRate;
import io.voicebus.http.wire.JsonFields;
import io.voicebus.http.wire.JsonText;
import io.voicebus.http.wire.Problem;
import io.voicebus.http.wire.ProblemMapping;
import io.voicebus.http.wire.SharedBytes;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's WebSocket, over which it has turn after turn. What waits for a client that does not
 * read is bounded by {@link SocketResponse#QUEUE_BYTES} and one answer; a client that writes more
 * than waits is not read.
 */
final class SessionResponse implements ApiSocket {
  private static final Logger LOG = LoggerFactory.getLogger(SessionResponse.class);

  /** A fast model writes some hundred tokens a second; a client that says more is read later. */
  static final int MESSAGES_PER_SECOND = 1000;

  static final int MESSAGES_AT_ONCE = 2000;

  /** As often as a page reports. */
  private static final long REPORT_MS = 250;

  private static final long NO_TIMER = -1;

  private final Vertx vertx;
  private final HttpSettings settings;
  private final Clock clock;
  private final TurnSessions sessions;
  private final ConnectionWatch connections;
  private final HttpConnection http;
  private final ServerWebSocket socket;
  private final MessageRate rate;
  private final SocketSession session;
  private final Runnable onDrain;
  private long heartbeat = NO_TIMER;
  private long breath = NO_TIMER;
  private long reports = NO_TIMER;
  private long periodic = NO_TIMER;
  private long aliveAt;

  /** Whether an answer waits for the client to read. */
  private boolean owes;

  private boolean unread;
  private boolean over;
  private boolean told;

  /**
   * Of a socket that has just been opened.
   *
   * @param said makes who answers there
   */
  SessionResponse(
      Vertx vertx,
      HttpSettings settings,
      Clock clock,
      TurnSessions sessions,
      ConnectionWatch connections,
      HttpConnection http,
      ServerWebSocket socket,
      Function<ApiSocket, SocketSession> said) {
    this.vertx = vertx;
    this.settings = settings;
    this.clock = clock;
    this.sessions = sessions;
    this.connections = connections;
    this.http = http;
    this.socket = socket;
    this.rate = new MessageRate(MESSAGES_PER_SECOND, MESSAGES_AT_ONCE, clock.nanoTime());
    this.session = said.apply(this);
    this.onDrain = session::stopping;
  }

  /** To be called once, at once. */
  void begin() {
    socket.setWriteQueueMaxSize(SocketResponse.QUEUE_BYTES);
    socket.drainHandler(ignored -> drained());
    TextMessages.read(socket, this::message, fault -> refuse(JsonFields.invalid(fault)));
    socket.binaryMessageHandler(
        ignored -> refuse(JsonFields.invalid("send text frames with JSON, not bytes")));
    socket.pongHandler(ignored -> aliveAt = clock.nanoTime());
    socket.closeHandler(ignored -> closed(SocketClose.isFrame(socket.closeStatusCode())));
    socket.exceptionHandler(this::broken);
    aliveAt = clock.nanoTime();
    heartbeat = vertx.setPeriodic(settings.heartbeat().toMillis(), ignored -> beat());
    session.begin();
    sessions.onDrain(onDrain);
    if (sessions.draining()) {
      session.stopping();
    }
  }

  // To the client.

  /** A socket is closed some time before its handler is told, and then refuses the question. */
  @Override
  public boolean full() {
    return over || socket.isClosed() || socket.writeQueueFull();
  }

  @Override
  public void send(JsonText message) {
    if (!over && !socket.isClosed()) {
      socket.writeTextMessage(message.toString());
    }
  }

  @Override
  public void answer(JsonText message) {
    send(message);
    owes = full();
    readOrNot();
  }

  @Override
  public void audio(byte[] pcm) {
    if (!over && !socket.isClosed()) {
      socket.writeBinaryMessage(SharedBytes.buffer(pcm));
    }
  }

  private void drained() {
    aliveAt = clock.nanoTime();
    owes = false;
    session.drained();
    readOrNot();
  }

  @Override
  public void finished() {
    close(SocketClose.STOPPING);
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
              SocketResponse.BREATH_MS,
              ignored -> {
                breath = NO_TIMER;
                readOrNot();
              });
    }
    try {
      session.message(text);
    } catch (RuntimeException why) {
      refuse(why);
    }
    readOrNot();
  }

  private void refuse(RuntimeException why) {
    if (over) {
      return;
    }
    Problem problem = ProblemMapping.of(why);
    if (problem.status() == 500) {
      LOG.error("a client's message failed", why);
    }
    session.tellError(problem);
    readOrNot();
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
    boolean stop = owes || breath != NO_TIMER || session.isAhead();
    if (over || stop == unread) {
      return;
    }
    unread = stop;
    if (stop) {
      socket.pause();
      reports = vertx.setPeriodic(REPORT_MS, ignored -> session.playsOn(REPORT_MS));
    } else {
      vertx.cancelTimer(reports);
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

  /**
   * A client that shows no life for {@code stalled-ms}, and has not paused, has gone. One that is
   * not read cannot show any, but by reading.
   */
  private void beat() {
    if (unread && !full()) {
      aliveAt = clock.nanoTime();
    }
    boolean silent = clock.nanoTime() - aliveAt >= settings.limits().stalled().toNanos();
    if (silent && !session.paused()) {
      tellGone("the client has given no sign of life for stalled-ms");
      ConnectionWatch.abort(http);
    } else if (!over && !socket.isClosed()) {
      socket.writePing(Buffer.buffer());
    }
  }

  // The end.

  private void broken(Throwable why) {
    SocketClose fault = SocketClose.broken(why, SocketClose.LONG_SESSION_MESSAGE);
    if (fault != null) {
      ConnectionWatch.linger(http);
      close(fault);
      tellGone("the client's socket was closed: " + fault.reason());
    }
  }

  private void close(SocketClose why) {
    close(why.code(), why.reason());
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

  /**
   * The socket is closed, by whomever.
   *
   * @param byFrame whether the client has sent a close frame: then it has gone on purpose
   */
  private void closed(boolean byFrame) {
    over = true;
    sessions.offDrain(onDrain);
    vertx.cancelTimer(heartbeat);
    vertx.cancelTimer(breath);
    vertx.cancelTimer(reports);
    vertx.cancelTimer(periodic);
    connections.closed(http);
    tellGone(byFrame ? "the client has gone" : null);
  }

  private void tellGone(@Nullable String why) {
    if (!told) {
      told = true;
      session.gone(why);
    }
  }
}
