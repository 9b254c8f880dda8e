package io.voicebus.tts.elevenlabs;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Clock;
import io.voicebus.contract.Outbound;
import io.voicebus.contract.Settings;
import io.voicebus.emulators.ElevenCounters;
import io.voicebus.emulators.ElevenEmulator;
import io.voicebus.emulators.ElevenOptions;
import io.voicebus.tts.engine.RecordingSink;
import io.voicebus.tts.engine.Utterance;
import io.voicebus.tts.service.ServiceStage;
import io.voicebus.tts.service.ServiceTimes;
import java.util.function.Predicate;

/** An emulated service, and an impatient engine that uses it. */
final class ElevenStage implements AutoCloseable {
  private final Vertx vertx;
  private final ElevenEmulator emulator;
  private final ElevenLabsEngine engine;

  ElevenStage(ElevenOptions options) {
    this(options, ServiceStage.IMPATIENT, new JsonObject());
  }

  ElevenStage(ElevenOptions options, ServiceTimes times, JsonObject settings) {
    this(Vertx.vertx(), Clock.system(), options, times, settings);
  }

  ElevenStage(
      Vertx vertx, Clock clock, ElevenOptions options, ServiceTimes times, JsonObject settings) {
    this.vertx = vertx;
    emulator = ServiceStage.await(ElevenEmulator.start(vertx, options));
    JsonObject values =
        new JsonObject()
            .put("elevenlabs-api-key", "good")
            .put("elevenlabs-base-url", emulator.baseUrl())
            .put("elevenlabs-sockets", 1)
            .mergeIn(settings);
    Settings read = new Settings("tts", values);
    engine =
        new ElevenLabsEngine(vertx, clock, ElevenSettings.read(read), times, Outbound.read(read));
  }

  Vertx vertx() {
    return vertx;
  }

  ElevenEmulator emulator() {
    return emulator;
  }

  ElevenLabsEngine engine() {
    return engine;
  }

  RecordingSink say(String text) {
    RecordingSink sink = new RecordingSink();
    engine.speak(Utterance.of(text), sink);
    return sink;
  }

  /** Waits until what the emulator counts is as wished. */
  ElevenCounters reach(Predicate<ElevenCounters> wish) {
    return ServiceStage.await(emulator.when(wish));
  }

  @Override
  public void close() {
    engine.close();
    ServiceStage.await(vertx.close());
  }
}
