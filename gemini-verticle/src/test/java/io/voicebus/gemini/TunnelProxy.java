package io.voicebus.gemini;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A proxy that opens a tunnel to one port of this machine, whatever is asked for. */
final class TunnelProxy implements AutoCloseable {
  private final Vertx vertx;
  private final NetServer server;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile int target;

  private TunnelProxy(Vertx vertx) {
    this.vertx = vertx;
    this.server = vertx.createNetServer().connectHandler(this::take);
  }

  static TunnelProxy start(Vertx vertx) {
    TunnelProxy proxy = new TunnelProxy(vertx);
    SourceBench.await(proxy.server.listen(0, "127.0.0.1"));
    return proxy;
  }

  int port() {
    return server.actualPort();
  }

  void leadsTo(int port) {
    target = port;
  }

  /** The heads of what was asked. */
  List<String> asked() {
    return asked;
  }

  private void take(NetSocket client) {
    Buffer head = Buffer.buffer();
    client.handler(
        bytes -> {
          head.appendBuffer(bytes);
          if (head.toString().endsWith("\r\n\r\n")) {
            asked.add(head.toString());
            client.pause();
            vertx
                .createNetClient()
                .connect(target, "127.0.0.1")
                .onSuccess(
                    service -> {
                      service.handler(client::write);
                      service.closeHandler(gone -> client.close());
                      client.handler(service::write);
                      client.closeHandler(gone -> service.close());
                      client.write("HTTP/1.1 200 Connection established\r\n\r\n");
                      client.resume();
                    });
          }
        });
  }

  @Override
  public void close() {
    SourceBench.await(server.close());
  }
}
