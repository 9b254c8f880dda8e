package io.voicebus.benchmarks;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.voicebus.chunker.ChunkerVerticle;
import io.voicebus.emulators.GeminiEmulatorOptions;
import io.voicebus.gemini.GeminiVerticle;
import io.voicebus.http.HttpVerticle;
import io.voicebus.launcher.EventLoops;
import io.voicebus.playback.PlaybackVerticle;
import io.voicebus.tts.TtsVerticle;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A JVM with all roles of Voicebus. Arguments: base URLs of the model and of the voice, how many
 * TTS instances, and how speech is got: {@code socket} or {@code http}, as the relay gets it; then
 * settings of {@code http}, as {@code key=value}. All else is as {@code voicebus serve} has it.
 */
final class LoadVoicebus {
  private LoadVoicebus() {}

  public static void main(String[] args) {
    Vertx vertx = Vertx.vertx(EventLoops.options());
    JsonObject model =
        new JsonObject()
            .put("source", "gemini")
            .put("gemini-api-key", GeminiEmulatorOptions.DEFAULTS.key())
            .put("gemini-base-url", args[0]);
    JsonObject voice =
        new JsonObject()
            .put("engine", "elevenlabs")
            .put("elevenlabs-api-key", "emulated-key")
            .put("elevenlabs-base-url", args[1])
            .put("elevenlabs-transport", args[3]);
    JsonObject door = new JsonObject().put("port", 0);
    for (String setting : List.of(args).subList(4, args.length)) {
      String[] parts = setting.split("=", 2);
      door.put(parts[0], parts[1]);
    }
    List<HttpVerticle> http = new CopyOnWriteArrayList<>();
    TwoNodes.await(
        Future.all(
                // In the launcher's order, which decides who shares an event loop.
                deploy(vertx, PlaybackVerticle.class, new JsonObject(), 1),
                deploy(vertx, GeminiVerticle.class, model, 1),
                deploy(vertx, TtsVerticle.class, voice, Integer.parseInt(args[2])),
                deploy(vertx, ChunkerVerticle.class, new JsonObject(), 1))
            .compose(
                deployed ->
                    vertx.deployVerticle(
                        () -> {
                          HttpVerticle next = new HttpVerticle();
                          http.add(next);
                          return next;
                        },
                        new DeploymentOptions().setConfig(door).setInstances(EventLoops.count()))));
    LoadConsole.serve(Integer.toString(http.get(0).actualPort()));
  }

  private static Future<String> deploy(
      Vertx vertx, Class<?> verticle, JsonObject config, int instances) {
    return vertx.deployVerticle(
        verticle.getName(), new DeploymentOptions().setConfig(config).setInstances(instances));
  }
}
