package io.voicebus.http.door;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;
import io.voicebus.bus.Bus;
import io.voicebus.bus.Clock;
import io.voicebus.bus.LateTimers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits the number of connections, and closes those on which the head of a request does not arrive
 * in time. The HTTP server's own idle time-out would also close the connection of a listener that
 * has paused. NOT thread safe: bound to the server's context.
 */
public final class ConnectionWatch {
  /** So many beyond {@code max-connections} are told that they are too many; more are cut off. */
  private static final int TOLD = 64;

  private static final long BETWEEN_WARNINGS_MS = 60_000;
  private static final Logger LOG = LoggerFactory.getLogger(ConnectionWatch.class);

  /** What is known of one connection. */
  private static final class Watched {
    private int busy;
    private Bus.@Nullable Timer timer;
    private boolean surplus;
  }

  private final Vertx vertx;
  private final Clock clock;
  private final DoorSettings settings;
  private final Map<HttpConnection, Watched> connections = new HashMap<>();
  private final AtomicInteger open;
  private int busy;
  private boolean warned;
  private @Nullable Promise<Void> quiet;

  /**
   * Creates the watch of one instance.
   *
   * @param open counts the connections of all instances of the server
   */
  public ConnectionWatch(Vertx vertx, Clock clock, DoorSettings settings, AtomicInteger open) {
    this.open = open;
    this.vertx = vertx;
    this.clock = clock;
    this.settings = settings;
  }

  /** Registers an opened connection. */
  public void opened(HttpConnection connection) {
    int most = settings.maxConnections();
    int others = open.get();
    if (others >= most) {
      warn(most);
    }
    if (others >= most + TOLD) {
      abort(connection);
      return;
    }
    if (connection instanceof HttpServerConnection server) {
      ChannelPipeline pipeline = server.channelHandlerContext().pipeline();
      RequestCheck.install(pipeline, settings.base().path());
      if (settings.tls() == null) {
        PlainCheck.install(pipeline);
      }
    }
    Watched watched = new Watched();
    watched.surplus = others >= most;
    open.incrementAndGet();
    connections.put(connection, watched);
    start(connection, watched, settings.request());
    connection.closeHandler(ignored -> closed(connection));
  }

  private void warn(int most) {
    if (!warned) {
      warned = true;
      vertx.setTimer(BETWEEN_WARNINGS_MS, ignored -> warned = false);
      LOG.warn("there are {} connections, the most that max-connections allows", most);
    }
  }

  /** Whether the connection still exceeds the limit. */
  public boolean surplus(HttpConnection connection) {
    Watched watched = connections.get(connection);
    if (watched != null && watched.surplus && open.get() <= settings.maxConnections()) {
      watched.surplus = false;
    }
    return watched != null && watched.surplus;
  }

  /**
   * Removes a closed connection. One that has become a WebSocket does not report its end itself.
   * Further calls have no effect.
   */
  public void closed(HttpConnection connection) {
    Watched watched = connections.remove(connection);
    if (watched != null) {
      open.decrementAndGet();
      stop(watched);
      busy -= watched.busy;
      tellIfQuiet();
    }
  }

  /**
   * Marks a connection as busy: the head of a request has arrived, or the end of a response is
   * still being sent.
   */
  public void busy(HttpConnection connection) {
    Watched watched = connections.get(connection);
    if (watched != null) {
      stop(watched);
      watched.busy++;
      busy++;
    }
  }

  /** Undoes one {@link #busy}. */
  public void idle(HttpConnection connection) {
    Watched watched = connections.get(connection);
    if (watched != null) {
      watched.busy--;
      busy--;
      if (watched.busy == 0) {
        start(connection, watched, settings.keepAlive());
      }
      tellIfQuiet();
    }
  }

  /**
   * Waits until the client has received the end of a response, and closes the connection of a
   * client that receives nothing.
   *
   * @param paused whether the client may take its time now
   * @param last writes the end
   */
  public Future<Void> awaitLast(
      HttpConnection connection,
      Duration patience,
      BooleanSupplier paused,
      Supplier<Future<Void>> last) {
    busy(connection);
    Future<Void> sent = last.get();
    long timer =
        vertx.setPeriodic(
            patience.toMillis(),
            late -> {
              if (!paused.getAsBoolean()) {
                abort(connection);
              }
            });
    return sent.onComplete(
        result -> {
          vertx.cancelTimer(timer);
          idle(connection);
        });
  }

  /** Completes when no connection has a request or a response under way. */
  public Future<Void> quiet() {
    if (quiet == null) {
      quiet = Promise.promise();
      tellIfQuiet();
    }
    return quiet.future();
  }

  private void tellIfQuiet() {
    if (quiet != null && busy == 0) {
      quiet.tryComplete();
    }
  }

  private void start(HttpConnection connection, Watched watched, Duration patience) {
    watched.timer = LateTimers.after(vertx, clock, patience.toNanos(), () -> abort(connection));
  }

  private void stop(Watched watched) {
    if (watched.timer != null) {
      watched.timer.cancel();
      watched.timer = null;
    }
  }

  /** Closes all connections at once. */
  public void abortAll() {
    List.copyOf(connections.keySet()).forEach(ConnectionWatch::abort);
  }

  /**
   * For a connection that is closed next, while its client may be sending: has it closed in a way
   * that the client sees the last answer.
   */
  public static void linger(HttpConnection connection) {
    if (connection instanceof HttpServerConnection server) {
      LingeringClose.install(server.channelHandlerContext().pipeline());
    }
  }

  /**
   * Closes a connection at once. {@link HttpConnection#close} would first wait until everything is
   * written, which never happens if the client does not read.
   */
  public static void abort(HttpConnection connection) {
    if (connection instanceof HttpServerConnection server) {
      // From the socket's end of the pipeline: the handlers before it would wait likewise.
      ChannelHandlerContext first = server.channelHandlerContext().pipeline().firstContext();
      if (first != null) {
        first.close();
      }
    } else {
      connection.close();
    }
  }
}
