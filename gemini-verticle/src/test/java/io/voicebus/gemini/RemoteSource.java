package io.voicebus.gemini;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.RemoteJvm;
import java.io.IOException;

/** A text source in a JVM of its own, on a node of a cluster. */
final class RemoteSource {
  private RemoteSource() {}

  static JsonObject config(String baseUrl) {
    return new JsonObject().put("gemini-api-key", "emulated-key").put("gemini-base-url", baseUrl);
  }

  static Process launch(String baseUrl, int port, int... ports) throws IOException {
    return RemoteJvm.launch(RemoteSource.class, baseUrl, port, ports);
  }

  public static void main(String[] args) throws IOException {
    RemoteJvm.serve(
        args,
        vertx ->
            vertx.deployVerticle(
                new GeminiVerticle(), new DeploymentOptions().setConfig(config(args[0]))));
  }
}
