package io.voicebus.bus;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;

/** A node in a JVM of its own that accepts streams at a queue address and reads them for ever. */
final class RemoteNode {
  private RemoteNode() {}

  static Process launch(String queue, int port, int... ports) throws IOException {
    return RemoteJvm.launch(RemoteNode.class, queue, port, ports);
  }

  public static void main(String[] args) throws IOException {
    RemoteJvm.serve(args, vertx -> serve(vertx, args[0]));
  }

  private static Future<VertxBus> serve(Vertx vertx, String queue) {
    return VertxBus.register(vertx, Clock.system(), "remote")
        .compose(
            bus -> {
              bus.inbox()
                  .<Hello, Piece>onOpen(Hello.class, (head, stream) -> stream.handler(item -> {}));
              return bus.serve(queue).map(bus);
            });
  }
}
