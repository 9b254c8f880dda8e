package io.voicebus.emulators;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Leads connections to one port of this machine: out of TLS, or as a proxy's tunnels. For tests.
 * Thread-safe.
 */
public final class Relay {
  /** Kept, since a client of Vert.x that nobody refers to is closed, with all its connections. */
  private final NetClient services;

  private volatile int target;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final NetServer server;

  private Relay(
      Vertx vertx, NetServerOptions options, int target, boolean tunnels, String tunnelAnswer) {
    this.services = vertx.createNetClient();
    this.target = target;
    Handler<NetSocket> take =
        client -> {
          if (tunnels) {
            tunnel(client, tunnelAnswer);
          } else {
            join(client, "");
          }
        };
    server = vertx.createNetServer(options).connectHandler(take);
  }

  private Future<Relay> listen() {
    return server.listen(0, "127.0.0.1").map(this);
  }

  /** Takes TLS off what goes to a service. */
  public static Future<Relay> tls(Vertx vertx, KeyCertOptions certificate, int target) {
    return new Relay(
            vertx,
            new NetServerOptions().setSsl(true).setKeyCertOptions(certificate),
            target,
            false,
            "")
        .listen();
  }

  /** A proxy that opens a tunnel to the service, whatever is asked for. */
  public static Future<Relay> proxy(Vertx vertx, int target) {
    return new Relay(vertx, new NetServerOptions(), target, true, "200 Connection established")
        .listen();
  }

  /** A proxy that opens none. */
  public static Future<Relay> proxyThatSays(Vertx vertx, String answer) {
    return new Relay(vertx, new NetServerOptions(), 0, true, answer).listen();
  }

  public int port() {
    return server.actualPort();
  }

  /** The heads of what a proxy was asked for. */
  public List<String> asked() {
    return asked;
  }

  /** Other connections than those that are open go there. */
  public void leadsTo(int port) {
    target = port;
  }

  private void tunnel(NetSocket client, String answer) {
    Buffer head = Buffer.buffer();
    client.handler(
        bytes -> {
          head.appendBuffer(bytes);
          if (head.toString().endsWith("\r\n\r\n")) {
            asked.add(head.toString());
            String line = "HTTP/1.1 " + answer + "\r\n";
            if (answer.startsWith("200")) {
              join(client, line + "\r\n");
            } else {
              client.write(line + "Content-Length: 0\r\n\r\n");
            }
          }
        });
  }

  private void join(NetSocket client, String first) {
    client.pause();
    services
        .connect(target, "127.0.0.1")
        .onSuccess(
            service -> {
              service.handler(client::write);
              service.closeHandler(gone -> client.close());
              client.handler(service::write);
              client.closeHandler(gone -> service.close());
              if (!first.isEmpty()) {
                client.write(first);
              }
              client.resume();
            })
        .onFailure(unreachable -> client.close());
  }
}
