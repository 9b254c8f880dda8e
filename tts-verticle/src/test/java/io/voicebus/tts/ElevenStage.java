package io.voicebus.tts;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Clock;
import io.voicebus.contract.Outbound;
import io.voicebus.contract.Settings;
import io.voicebus.emulators.ElevenCounters;
import io.voicebus.emulators.ElevenEmulator;
import io.voicebus.emulators.ElevenOptions;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/** An emulated service, and an impatient engine that uses it. */
final class ElevenStage implements AutoCloseable {
  static final ServiceTimes IMPATIENT =
      new ServiceTimes(
          Duration.ofSeconds(5),
          Duration.ofMillis(20),
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          Duration.ofSeconds(5),
          Duration.ofMillis(300),
          Duration.ofMillis(5),
          Duration.ofSeconds(60));

  private final Vertx vertx = Vertx.vertx();
  private final ElevenEmulator emulator;
  private final ElevenLabsEngine engine;

  ElevenStage(ElevenOptions options) {
    this(options, IMPATIENT, new JsonObject());
  }

  ElevenStage(ElevenOptions options, ServiceTimes times, JsonObject settings) {
    emulator = await(ElevenEmulator.start(vertx, options));
    JsonObject values =
        new JsonObject()
            .put("elevenlabs-api-key", "good")
            .put("elevenlabs-base-url", emulator.baseUrl())
            .put("elevenlabs-sockets", 1)
            .mergeIn(settings);
    Settings read = new Settings("tts", values);
    engine =
        new ElevenLabsEngine(
            vertx, Clock.system(), ElevenSettings.read(read), times, Outbound.read(read));
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
    return await(emulator.when(wish));
  }

  static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    engine.close();
    await(vertx.close());
  }
}
