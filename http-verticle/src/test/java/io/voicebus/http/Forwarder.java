package io.voicebus.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.voicebus.bus.FreePorts;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A network between a client and a server on this machine, which can be slow and can be cut. */
final class Forwarder {
  private final Vertx vertx;
  private volatile int target;
  private final NetClient client;
  private final Set<NetSocket> sockets = ConcurrentHashMap.newKeySet();
  private volatile boolean holdsUpgrades;
  private volatile boolean silent;
  private final AtomicInteger silences = new AtomicInteger();
  private volatile @Nullable String broken;
  private volatile boolean breaksAnswer;
  private NetServer server;

  Forwarder(Vertx vertx, int target) throws Exception {
    this.vertx = vertx;
    this.target = target;
    this.client = vertx.createNetClient();
    this.server = listen(FreePorts.one());
  }

  int port() {
    return server.actualPort();
  }

  /**
   * The connection of the next request that has these words breaks off.
   *
   * @param answered whether the server has answered it by then
   */
  void breakNext(String words, boolean answered) {
    breaksAnswer = answered;
    broken = words;
  }

  /** Requests for a WebSocket do not come through any more. */
  void holdUpgrades() {
    holdsUpgrades = true;
  }

  /** Nothing comes through any more, and nobody is told: as where a laptop leaves its Wi-Fi. */
  void fallSilent() {
    silences.incrementAndGet();
    silent = true;
  }

  /** After a silence: new connections are well, and those from before stay dead. */
  void speakUp() {
    silences.incrementAndGet();
    silent = false;
  }

  /** Everything breaks off, and nobody listens. */
  void cut() throws Exception {
    server.close().await(10, TimeUnit.SECONDS);
    sockets.forEach(NetSocket::close);
  }

  /** After a cut: all is well again. */
  void mend() throws Exception {
    server = listen(server.actualPort());
  }

  /** After a cut: there is another server. */
  void mend(int newTarget) throws Exception {
    target = newTarget;
    mend();
  }

  private NetServer listen(int port) throws Exception {
    Future<NetServer> listening =
        vertx.createNetServer().connectHandler(this::connected).listen(port, "127.0.0.1");
    return listening.await(10, TimeUnit.SECONDS);
  }

  private void connected(NetSocket in) {
    sockets.add(in);
    in.pause();
    int born = silences.get();
    BooleanSupplier lives = () -> !silent && silences.get() == born;
    client
        .connect(target, "127.0.0.1")
        .onSuccess(
            out -> {
              sockets.add(out);
              in.handler(
                  bytes -> {
                    if (!lives.getAsBoolean()) {
                      return;
                    }
                    if (isBroken(bytes)) {
                      breakOff(bytes, in, out);
                    } else if (!holdsUpgrades || !isUpgrade(bytes)) {
                      out.write(bytes);
                    }
                  });
              out.handler(
                  bytes -> {
                    if (lives.getAsBoolean()) {
                      in.write(bytes);
                    }
                  });
              in.closeHandler(ignored -> out.close());
              out.closeHandler(ignored -> in.close());
              in.resume();
            });
  }

  private boolean isBroken(Buffer bytes) {
    String words = broken;
    return words != null && bytes.toString().contains(words);
  }

  private void breakOff(Buffer request, NetSocket in, NetSocket out) {
    broken = null;
    if (breaksAnswer) {
      out.handler(answer -> in.close());
      out.write(request);
    } else {
      in.close();
    }
  }

  private static boolean isUpgrade(Buffer bytes) {
    return bytes.toString().contains("Upgrade: websocket");
  }
}
