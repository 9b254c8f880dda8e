package io.voicebus.benchmarks;

import io.vertx.core.Vertx;
import io.voicebus.emulators.ElevenEmulator;
import io.voicebus.emulators.ElevenOptions;
import io.voicebus.emulators.GeminiEmulator;
import io.voicebus.emulators.GeminiEmulatorOptions;

/**
 * A JVM with the emulated model, whose answer to a prompt is the prompt, and the emulated voice.
 */
final class LoadEmulators {
  private LoadEmulators() {}

  public static void main(String[] args) {
    Vertx vertx = Vertx.vertx();
    GeminiEmulator model =
        TwoNodes.await(
            GeminiEmulator.start(vertx, GeminiEmulatorOptions.DEFAULTS.echoing(LoadPace.model())));
    ElevenEmulator voice =
        TwoNodes.await(
            ElevenEmulator.start(
                vertx, ElevenOptions.generous().withScripts(request -> LoadPace.voice())));
    LoadConsole.serve(model.baseUrl() + " " + voice.baseUrl());
  }
}
