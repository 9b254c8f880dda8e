package io.voicebus.bus;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** A node of the cluster in a JVM of its own. */
public final class RemoteJvm {
  private RemoteJvm() {}

  /**
   * Starts one, which prints a line once it serves.
   *
   * @param main calls {@link #serve}
   * @param argument its first argument
   * @param port the node's own
   * @param ports the cluster's
   */
  public static Process launch(Class<?> main, String argument, int port, int... ports)
      throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            main.getName(),
            argument,
            Integer.toString(port),
            Arrays.toString(ports).replaceAll("[\\[\\] ]", ""));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** Joins, and serves until the input ends, if it is not killed. */
  public static void serve(String[] args, Function<Vertx, Future<?>> serving) throws IOException {
    int[] ports = Arrays.stream(args[2].split(",", -1)).mapToInt(Integer::parseInt).toArray();
    ClusteredVertx.start(Integer.parseInt(args[1]), ports)
        .compose(serving::apply)
        .onSuccess(done -> System.out.println("serving"))
        .onFailure(
            thrown -> {
              System.out.println(thrown);
              Runtime.getRuntime().halt(1);
            });
    System.in.readAllBytes();
    Runtime.getRuntime().halt(0);
  }
}
