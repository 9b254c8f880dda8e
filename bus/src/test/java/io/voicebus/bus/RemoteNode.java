package io.voicebus.bus;

import java.io.IOException;

/** A node in a JVM of its own that accepts links at a queue address and reads them for ever. */
final class RemoteNode {
  private RemoteNode() {}

  static Process launch(String queue, int port, int... ports) throws IOException {
    return RemoteJvm.launch(RemoteNode.class, queue, port, ports);
  }

  public static void main(String[] args) throws IOException {
    RemoteJvm.serve(args, vertx -> VertxStreams.reader(vertx, args[0]));
  }
}
