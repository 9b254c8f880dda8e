package io.voicebus.benchmarks;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.voicebus.emulators.ElevenEmulator;
import io.voicebus.emulators.ElevenOptions;
import io.voicebus.emulators.ElevenRequest;
import io.voicebus.emulators.ElevenScript;
import io.voicebus.emulators.GeminiCall;
import io.voicebus.emulators.GeminiEmulator;
import io.voicebus.emulators.GeminiEmulatorOptions;
import io.voicebus.emulators.GeminiScript;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** An emulated model and an emulated voice in this JVM, and how Voicebus is told of them. */
final class EmulatedServices implements AutoCloseable {
  /** Utterances at once that the account is told to allow: what Voicebus is told, it keeps to. */
  private static final int PLAN = 900;

  private final Vertx vertx = Vertx.vertx();
  private final GeminiEmulator model;
  private final ElevenEmulator voice;

  /**
   * Starts them.
   *
   * @param answers what the model makes of each request
   * @param scripts what the voice does with each
   */
  EmulatedServices(
      Function<GeminiCall, GeminiScript> answers, Function<ElevenRequest, ElevenScript> scripts) {
    model =
        TwoNodes.await(
            GeminiEmulator.start(vertx, GeminiEmulatorOptions.DEFAULTS.withScript(answers)));
    voice =
        TwoNodes.await(
            ElevenEmulator.start(
                vertx, ElevenOptions.generous().withMaxConcurrent(PLAN).withScripts(scripts)));
  }

  /** A model that answers a prompt with the prompt, and a voice, at the pace of the benchmarks. */
  static EmulatedServices paced() {
    return new EmulatedServices(
        call -> GeminiScript.answer(echo(call)).at(LoadPace.model()), request -> LoadPace.voice());
  }

  /** The prompt or, where an answer that has broken off is to go on, the rest of its prompt. */
  static String echo(GeminiCall call) {
    JsonArray contents = call.body().getJsonArray("contents");
    if (contents.size() < 3) {
      return call.prompt();
    }
    String asked = text(contents.getJsonObject(contents.size() - 3));
    JsonObject before = contents.getJsonObject(contents.size() - 2);
    String said = text(before);
    return "model".equals(before.getString("role")) && asked.startsWith(said)
        ? asked.substring(said.length())
        : call.prompt();
  }

  private static String text(JsonObject content) {
    return content.getJsonArray("parts").getJsonObject(0).getString("text", "");
  }

  GeminiEmulator model() {
    return model;
  }

  ElevenEmulator voice() {
    return voice;
  }

  /** Base URLs of the model and of the voice. */
  List<String> urls() {
    return List.of(model.baseUrl(), voice.baseUrl());
  }

  /** What a user would set: keys, and where the services are. */
  Map<String, String> settings() {
    return Map.of(
        "GEMINI_API_KEY",
        GeminiEmulatorOptions.DEFAULTS.key(),
        "GEMINI_BASE_URL",
        model.baseUrl(),
        "ELEVENLABS_API_KEY",
        "emulated-key",
        "ELEVENLABS_BASE_URL",
        voice.baseUrl());
  }

  @Override
  public void close() {
    TwoNodes.await(vertx.close());
  }
}
