package io.voicebus.launcher;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.voicebus.chunker.ChunkerVerticle;
import io.voicebus.contract.Settings;
import io.voicebus.gemini.GeminiVerticle;
import io.voicebus.http.HttpVerticle;
import io.voicebus.playback.PlaybackVerticle;
import io.voicebus.tts.TtsVerticle;

/** Deploys roles in one JVM. */
final class Pipeline {
  private final Vertx vertx;
  private final Configuration configuration;

  Pipeline(Vertx vertx, Configuration configuration) {
    this.vertx = vertx;
    this.configuration = configuration;
  }

  /** Text source, chunker, speech and playback: all that a turn needs but an owner. */
  Future<Void> deployStages() {
    Settings settings = new Settings(Setting.LAUNCHER, configuration.of(Setting.LAUNCHER));
    int workers = settings.integer("tts-instances", 1, 1, 64);
    return Future.join(
            deploy(PlaybackVerticle.class.getName(), "playback", 1),
            deploy(TtsVerticle.class.getName(), "tts", workers),
            deploy(ChunkerVerticle.class.getName(), "chunker", 1),
            deploy(GeminiVerticle.class.getName(), "gemini", 1))
        .mapEmpty();
  }

  /** The HTTP server. */
  Future<HttpVerticle> deployHttp() {
    HttpVerticle http = new HttpVerticle();
    return vertx
        .deployVerticle(http, new DeploymentOptions().setConfig(configuration.of("http")))
        .map(http);
  }

  private Future<String> deploy(String verticle, String role, int instances) {
    return vertx.deployVerticle(
        verticle,
        new DeploymentOptions().setConfig(configuration.of(role)).setInstances(instances));
  }
}
