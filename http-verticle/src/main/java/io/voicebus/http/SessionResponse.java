package io.voicebus.http;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.ServerWebSocket;
import io.voicebus.bus.Clock;
import io.voicebus.http.api.SessionSocket;
import io.voicebus.http.api.SocketSession;
import io.voicebus.http.door.ConnectionWatch;
import io.voicebus.http.door.MessageRate;
import io.voicebus.http.wire.JsonFields;
import io.voicebus.http.wire.JsonText;
import io.voicebus.http.wire.Problem;
import io.voicebus.http.wire.ProblemMapping;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One session's WebSocket. What waits for a client that does not read is bounded by {@link
 * SocketResponse#QUEUE_BYTES} and one answer; a client that writes more than waits is not read.
 */
final class SessionResponse implements SessionSocket {
  private static final Logger LOG = LoggerFactory.getLogger(SessionResponse.class);

  /** A fast model writes some hundred tokens a second; a client that says more is read later. */
  static final int MESSAGES_PER_SECOND = 1000;

  static final int MESSAGES_AT_ONCE = 2000;

  /** How long a client is not read that says too much at once. */
  private static final long BREATH_MS = 100;

  /** As often as a page reports. */
  private static final long REPORT_MS = 250;

  private static final long NO_TIMER = -1;

  private final Vertx vertx;
  private final HttpSettings settings;
  private final Clock clock;
  private final TurnSessions sessions;
  private final ConnectionWatch connections;
  private final HttpConnection http;
  private final MessageRate rate;
  private final SocketSession session;
  private final Runnable onDrain;
  private @Nullable ServerWebSocket socket;
  private long heartbeat = NO_TIMER;
  private long breath = NO_TIMER;
  private long reports = NO_TIMER;
  private long aliveAt;

  /** Whether an answer waits for the client to read. */
  private boolean owes;

  private boolean unread;
  private boolean over;

  SessionResponse(
      Vertx vertx,
      HttpSettings settings,
      Clock clock,
      TurnSessions sessions,
      ConnectionWatch connections,
      HttpConnection http,
      Function<SessionSocket, SocketSession> said) {
    this.vertx = vertx;
    this.settings = settings;
    this.clock = clock;
    this.sessions = sessions;
    this.connections = connections;
    this.http = http;
    this.rate = new MessageRate(MESSAGES_PER_SECOND, MESSAGES_AT_ONCE, clock.nanoTime());
    this.session = said.apply(this);
    this.onDrain = session::drain;
  }

  /** The socket is open. */
  void begin(ServerWebSocket opened) {
    socket = opened;
    opened.setWriteQueueMaxSize(SocketResponse.QUEUE_BYTES);
    opened.drainHandler(ignored -> drained());
    opened.textMessageHandler(this::message);
    opened.binaryMessageHandler(
        ignored -> refuse(JsonFields.invalid("send text frames with JSON, not bytes")));
    opened.pongHandler(ignored -> aliveAt = clock.nanoTime());
    opened.closeHandler(ignored -> closed(SocketClose.isFrame(opened.closeStatusCode())));
    opened.exceptionHandler(this::broken);
    aliveAt = clock.nanoTime();
    heartbeat = vertx.setPeriodic(settings.heartbeat().toMillis(), ignored -> beat());
    session.begin();
    sessions.onDrain(onDrain);
    if (sessions.draining()) {
      session.drain();
    }
  }

  // To the client.

  /** A socket is closed some time before its handler is told, and then refuses the question. */
  @Override
  public boolean full() {
    ServerWebSocket to = socket;
    return to == null || to.isClosed() || to.writeQueueFull();
  }

  @Override
  public void send(JsonText message) {
    ServerWebSocket to = socket;
    if (!over && to != null && !to.isClosed()) {
      to.writeTextMessage(message.toString());
    }
  }

  @Override
  public void answer(JsonText message) {
    send(message);
    owes = full();
  }

  @Override
  public void audio(byte[] pcm) {
    ServerWebSocket to = socket;
    if (!over && to != null && !to.isClosed()) {
      to.writeBinaryMessage(Buffer.buffer(pcm));
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
              BREATH_MS,
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

  /** What cannot be done is told; the session goes on. */
  private void refuse(RuntimeException why) {
    Problem problem = ProblemMapping.of(why);
    if (problem.status() == 500) {
      LOG.error("a session's message failed", why);
    }
    session.tellError(problem);
    readOrNot();
  }

  @Override
  public void waitingChanged() {
    readOrNot();
  }

  private void readOrNot() {
    ServerWebSocket from = socket;
    boolean stop = owes || breath != NO_TIMER || session.isAhead();
    if (over || from == null || stop == unread) {
      return;
    }
    unread = stop;
    if (stop) {
      from.pause();
      reports = vertx.setPeriodic(REPORT_MS, ignored -> session.playsOn(REPORT_MS));
    } else {
      vertx.cancelTimer(reports);
      from.resume();
    }
  }

  /**
   * A client that shows no life for {@code stalled-ms}, and has not paused, has gone. One that is
   * not read cannot show any, but by reading.
   */
  private void beat() {
    ServerWebSocket to = socket;
    if (unread && !full()) {
      aliveAt = clock.nanoTime();
    }
    if (to != null
        && (session.paused()
            || clock.nanoTime() - aliveAt < settings.limits().stalled().toNanos())) {
      to.writePing(Buffer.buffer());
    } else {
      session.close("the client has given no sign of life for stalled-ms");
      ConnectionWatch.abort(http);
    }
  }

  private void broken(Throwable why) {
    SocketClose fault = SocketClose.broken(why, SocketClose.LONG_SESSION_MESSAGE);
    if (fault != null) {
      close(fault);
      session.close("the client's socket was closed: " + fault.reason());
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
   * @param byFrame whether the client has sent a close frame: then it has gone on purpose
   */
  private void closed(boolean byFrame) {
    over = true;
    sessions.offDrain(onDrain);
    vertx.cancelTimer(heartbeat);
    vertx.cancelTimer(breath);
    vertx.cancelTimer(reports);
    connections.closed(http);
    session.close(byFrame ? "the client has gone" : null);
  }
}
