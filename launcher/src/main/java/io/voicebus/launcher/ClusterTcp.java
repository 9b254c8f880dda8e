package io.voicebus.launcher;

import io.voicebus.bus.Clock;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jgroups.Address;
import org.jgroups.blocks.cs.TcpServer;
import org.jgroups.protocols.TCP;
import org.jgroups.util.DefaultSocketFactory;
import org.jgroups.util.SocketFactory;
import org.jgroups.util.Util;
import org.jspecify.annotations.Nullable;

/**
 * The transport of the cluster's own traffic: JGroups' TCP, in which a node that is frozen delays
 * no message to the other nodes.
 *
 * <p>JGroups sends all messages on one thread, which also makes the connections. The kernel accepts
 * a connection to a frozen process, and the TLS handshake then lasts for as long as that is frozen:
 * nodes that were well could not reach one another, and expelled each other. Here each connection
 * is made on a thread of its own, and is given up after a while. Messages to its node wait
 * meanwhile; those beyond a bound are dropped, since JGroups repeats what is not acknowledged.
 *
 * <p>Public, since JGroups makes it, by the name in {@link ClusterConfiguration}.
 */
public final class ClusterTcp extends TCP {
  /** A connection whose handshake is not complete after so long is closed. */
  static final long HANDSHAKE_MS = 4_000;

  /**
   * After that no connection to the node is made for so long; a node that thaws connects by itself.
   */
  private static final long LEFT_ALONE_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** Messages that wait for one connection. */
  private static final int MOST_WAITING = 256;

  /** The connection that a thread makes for a message, and not for JGroups' own watch. */
  private static final ThreadLocal<@Nullable Handshake> MAKING = new ThreadLocal<>();

  /** What waits for each connection that is being made; guarded by itself. */
  private final Map<Address, Queue<byte[]>> waiting = new HashMap<>();

  /** Until when nodes that did not answer are left alone; guarded by {@link #waiting}. */
  private final Map<Address, Long> leftAlone = new HashMap<>();

  /** Made by JGroups. */
  public ClusterTcp() {}

  /** One connection on its way; of the thread that makes it. */
  private final class Handshake {
    private @Nullable Future<?> limit;
    private volatile boolean late;

    void begin(Socket socket) {
      limit =
          getTimer()
              .schedule(
                  () -> {
                    late = true;
                    Util.close(socket);
                  },
                  HANDSHAKE_MS,
                  TimeUnit.MILLISECONDS);
    }

    void end() {
      if (limit != null) {
        limit.cancel(false);
      }
    }
  }

  @Override
  public void setSocketFactory(SocketFactory factory) {
    if (factory instanceof DefaultSocketFactory sockets) {
      sockets.setSocketConfigurator(
          socket -> {
            Handshake handshake = MAKING.get();
            if (handshake != null) {
              handshake.begin(socket);
            }
          });
    }
    super.setSocketFactory(factory);
  }

  @Override
  public void send(Address to, byte[] data, int offset, int length) throws Exception {
    TcpServer server = srv;
    if (server == null || !mustWait(server, to, data, offset, length)) {
      super.send(to, data, offset, length);
    }
  }

  /** Whether there is no connection yet, so that the message waits for one, or is dropped. */
  private boolean mustWait(TcpServer server, Address to, byte[] data, int offset, int length) {
    synchronized (waiting) {
      Queue<byte[]> line = waiting.get(to);
      if (line == null) {
        if (server.connectionEstablishedTo(to) || to.equals(server.localAddress())) {
          return false;
        }
        if (isLeftAlone(to)) {
          return true;
        }
        getThreadFactory().newThread(() -> connect(to), "Connecting").start();
        line = new ArrayDeque<>();
        waiting.put(to, line);
      }
      if (line.size() < MOST_WAITING) {
        line.add(Arrays.copyOfRange(data, offset, offset + length));
      }
      return true;
    }
  }

  private boolean isLeftAlone(Address to) {
    Long until = leftAlone.get(to);
    boolean still = until != null && until - Clock.system().nanoTime() > 0;
    if (!still) {
      leftAlone.remove(to);
    }
    return still;
  }

  /** Sends what waits, which makes the connection, until nothing waits any more. */
  private void connect(Address to) {
    Handshake handshake = new Handshake();
    MAKING.set(handshake);
    try {
      for (byte[] next = next(to); next != null; next = next(to)) {
        super.send(to, next, 0, next.length);
        handshake.end();
      }
    } catch (Exception e) {
      // Nobody there, or nobody who answers: JGroups repeats what matters.
      handshake.end();
      synchronized (waiting) {
        waiting.remove(to);
        if (handshake.late) {
          leftAlone.put(to, Clock.system().nanoTime() + LEFT_ALONE_NANOS);
        }
      }
    }
  }

  /** Ends the wait where nothing waits. */
  private byte @Nullable [] next(Address to) {
    synchronized (waiting) {
      Queue<byte[]> line = waiting.get(to);
      byte[] next = line == null ? null : line.poll();
      if (next == null) {
        waiting.remove(to);
      }
      return next;
    }
  }
}
