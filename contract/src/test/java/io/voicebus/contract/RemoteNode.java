package io.voicebus.contract;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A node in a JVM of its own that accepts streams at a queue address and reads them for ever. */
final class RemoteNode {
  private RemoteNode() {}

  static Process launch(String queue, int port, int... ports) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command =
        List.of(
            java,
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            RemoteNode.class.getName(),
            queue,
            Integer.toString(port),
            Arrays.toString(ports).replaceAll("[\\[\\] ]", ""));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** Prints a line once it serves; ends when its input does, if it is not killed. */
  public static void main(String[] args) throws IOException {
    int[] ports = Arrays.stream(args[2].split(",", -1)).mapToInt(Integer::parseInt).toArray();
    ClusteredVertx.start(Integer.parseInt(args[1]), ports)
        .compose(vertx -> serve(vertx, args[0]))
        .onSuccess(bus -> System.out.println("serving"))
        .onFailure(
            thrown -> {
              System.out.println(thrown);
              Runtime.getRuntime().halt(1);
            });
    System.in.readAllBytes();
    Runtime.getRuntime().halt(0);
  }

  private static io.vertx.core.Future<VertxBus> serve(Vertx vertx, String queue) {
    return VertxBus.register(vertx, Clock.system(), "remote")
        .compose(
            bus -> {
              bus.inbox()
                  .<ReportOpen, ChunkAudio>onOpen(
                      ReportOpen.class, (head, stream) -> stream.handler(item -> {}));
              return bus.serve(queue).map(bus);
            });
  }
}
