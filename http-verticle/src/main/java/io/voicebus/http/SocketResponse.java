package io.voicebus.http;

import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.ServerWebSocket;
import io.voicebus.bus.Clock;
import io.voicebus.turn.AudioListener;
import io.voicebus.turn.TurnEvent;
import java.util.function.Consumer;

/**
 * Sends one turn's playout and its events over one WebSocket, and takes the listener's reports.
 *
 * <p>Audio is sent as it comes, and stops the flow when the client does not read; events are read
 * from the turn's log at the client's speed. Both share one queue of {@link #QUEUE_BYTES}.
 */
final class SocketResponse implements AudioListener {
  /** What may wait in this process for the client to read: 0.7 s of speech at 24 kHz. */
  static final int QUEUE_BYTES = 32 * 1024;

  /** A page reports four times a second. */
  static final int MESSAGES_PER_SECOND = 50;

  static final int MESSAGES_AT_ONCE = 100;

  private final Vertx vertx;
  private final HttpSettings settings;
  private final Clock clock;
  private final ConnectionWatch connections;
  private final TurnSession session;
  private final HttpConnection connection;
  private final ServerWebSocket socket;
  private final MessageRate rate;
  private final Runnable reader = this::sendEvents;
  private long lastId;
  private long heartbeat = -1;
  private long aliveAt;
  private boolean over;

  SocketResponse(
      Vertx vertx,
      HttpSettings settings,
      Clock clock,
      ConnectionWatch connections,
      TurnSession session,
      HttpConnection connection,
      ServerWebSocket socket) {
    this.vertx = vertx;
    this.settings = settings;
    this.clock = clock;
    this.connections = connections;
    this.session = session;
    this.connection = connection;
    this.socket = socket;
    this.rate = new MessageRate(MESSAGES_PER_SECOND, MESSAGES_AT_ONCE, clock.nanoTime());
  }

  /** Attaches to the turn, whether it goes on or has ended without a listener. */
  void begin() {
    socket.closeHandler(ignored -> gone());
    socket.exceptionHandler(why -> broken(why, this::close));
    if (session.attached()) {
      close(SocketClose.HAS_LISTENER);
    } else if (!session.addReader(reader)) {
      close(SocketClose.TOO_MANY_READERS);
    } else {
      socket.setWriteQueueMaxSize(QUEUE_BYTES);
      socket.drainHandler(ignored -> drained());
      socket.textMessageHandler(this::message);
      socket.binaryMessageHandler(ignored -> refuse(SocketClose.BINARY));
      socket.pongHandler(ignored -> aliveAt = clock.nanoTime());
      socket.exceptionHandler(why -> broken(why, this::refuse));
      aliveAt = clock.nanoTime();
      heartbeat = vertx.setPeriodic(settings.heartbeat().toMillis(), ignored -> beat());
      session.listen(this);
      sendEvents();
    }
  }

  @Override
  public void format(int sampleRateHz) {
    if (!over) {
      JsonText data = JsonText.object().put("sample_rate_hz", sampleRateHz);
      send(
          JsonText.object()
              .put("event", "format")
              .put("data", data.put("channels", 1).put("bits", 16)));
    }
  }

  @Override
  public void audio(int chunk, byte[] pcm) {
    if (!over && !socket.isClosed()) {
      socket.writeBinaryMessage(Buffer.buffer(pcm));
      if (full()) {
        session.pauseAudio();
      }
    }
  }

  private void drained() {
    aliveAt = clock.nanoTime();
    sendEvents();
    if (!full()) {
      session.resumeAudio();
    }
  }

  /** A socket is closed some time before its handler is told, and then refuses the question. */
  private boolean full() {
    return socket.isClosed() || socket.writeQueueFull();
  }

  private void sendEvents() {
    EventLog log = session.log();
    EventLog.Entry next;
    while (!over && !full() && (next = log.after(lastId)) != null) {
      long dropped = next.id() - lastId - 1;
      if (dropped > 0) {
        JsonText data = JsonText.object().put("events", dropped);
        send(JsonText.object().put("event", "dropped").put("data", data));
      }
      lastId = next.id();
      EventJson event = EventJson.of(next.event());
      send(
          JsonText.object()
              .put("id", next.id())
              .put("event", event.name())
              .putJson("data", event.data()));
    }
    TurnEvent.Ended end = session.ended();
    if (!over && end != null && lastId >= log.lastId()) {
      close(SocketClose.of(end));
    }
  }

  private void send(JsonText message) {
    socket.writeTextMessage(message.toString());
  }

  private void message(String text) {
    if (over) {
      return;
    }
    aliveAt = clock.nanoTime();
    if (!rate.accept(aliveAt)) {
      refuse(SocketClose.TOO_MANY);
      return;
    }
    try {
      PositionJson position = SocketCommand.parse(text).position();
      if (position == null) {
        session.cancel("the listener asked for the end");
      } else {
        session.position(position);
      }
    } catch (ProblemException why) {
      refuse(SocketClose.misunderstood(why));
    }
  }

  /** A listener that shows no life for {@code stalled-ms}, and has not paused, has gone. */
  private void beat() {
    if (clock.nanoTime() - aliveAt < settings.limits().stalled().toNanos() || session.paused()) {
      socket.writePing(Buffer.buffer());
    } else {
      ConnectionWatch.abort(connection);
    }
  }

  /**
   * Vert.x tells here of a message that is too long, of frames that are none, and of a connection
   * that was lost, which is nobody's fault: the close handler comes after it.
   */
  private static void broken(Throwable why, Consumer<SocketClose> close) {
    if (why instanceof TooLongFrameException || why instanceof IllegalStateException) {
      close.accept(SocketClose.TOO_LONG);
    } else if (why instanceof CorruptedWebSocketFrameException corrupted) {
      boolean tooLong = corrupted.closeStatus().code() == SocketClose.TOO_BIG;
      close.accept(tooLong ? SocketClose.TOO_LONG : SocketClose.MALFORMED);
    } else if (why instanceof DecoderException) {
      close.accept(SocketClose.MALFORMED);
    }
  }

  /** Ends the turn of a client that does not keep to the protocol. */
  private void refuse(SocketClose why) {
    close(why);
    session.cancel("the listener's socket was closed: " + why.reason());
  }

  private void close(SocketClose why) {
    if (!over) {
      over = true;
      session.removeReader(reader);
      socket.close((short) why.code(), why.reason());
    }
  }

  /** The socket is closed, by whomever. */
  private void gone() {
    over = true;
    vertx.cancelTimer(heartbeat);
    session.removeReader(reader);
    connections.closed(connection);
    // Nothing happens to a turn that has ended, nor to one that another socket listens to.
    if (heartbeat != -1) {
      session.cancel("the listener has gone");
    }
  }
}
