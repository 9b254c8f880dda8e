package io.voicebus.gemini;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.json.JsonObject;
import io.voicebus.contract.ClusteredVertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A text source in a JVM of its own, on a node of a cluster. */
final class RemoteSource {
  private RemoteSource() {}

  static JsonObject config(String baseUrl) {
    return new JsonObject().put("gemini-api-key", "emulated-key").put("gemini-base-url", baseUrl);
  }

  static Process launch(String baseUrl, int port, int... ports) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command =
        List.of(
            java,
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            RemoteSource.class.getName(),
            baseUrl,
            Integer.toString(port),
            Arrays.toString(ports).replaceAll("[\\[\\] ]", ""));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** Prints a line once it serves; ends when its input does, if it is not killed. */
  public static void main(String[] args) throws IOException {
    int[] ports = Arrays.stream(args[2].split(",", -1)).mapToInt(Integer::parseInt).toArray();
    ClusteredVertx.start(Integer.parseInt(args[1]), ports)
        .compose(
            vertx ->
                vertx.deployVerticle(
                    new GeminiVerticle(), new DeploymentOptions().setConfig(config(args[0]))))
        .onSuccess(id -> System.out.println("serving"))
        .onFailure(
            thrown -> {
              System.out.println(thrown);
              Runtime.getRuntime().halt(1);
            });
    System.in.readAllBytes();
    Runtime.getRuntime().halt(0);
  }
}
