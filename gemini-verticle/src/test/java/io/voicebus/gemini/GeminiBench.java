package io.voicebus.gemini;

import io.vertx.core.json.JsonObject;
import io.voicebus.emulators.GeminiCall;
import io.voicebus.emulators.GeminiEmulator;
import io.voicebus.emulators.GeminiEmulatorOptions;
import io.voicebus.emulators.GeminiScript;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A source that asks Gemini's emulator, and what the emulator was asked. */
final class GeminiBench extends SourceBench<GeminiBench> {
  private final List<GeminiCall> calls = new ArrayList<>();
  private final Function<GeminiCall, GeminiScript> script;
  private UnaryOperator<GeminiEmulatorOptions> emulatorOptions = options -> options;
  private boolean remembers = true;
  private @Nullable GeminiEmulator emulator;

  private GeminiBench(Function<GeminiCall, GeminiScript> script) {
    this.script = script;
  }

  /** The emulator does what each request asks for. */
  static GeminiBench answering(Function<GeminiCall, GeminiScript> script) {
    return new GeminiBench(script);
  }

  /** The emulator plays one script after the other, and the last one from then on. */
  static GeminiBench playing(GeminiScript... scripts) {
    return answering(call -> scripts[(int) Math.min(call.number(), scripts.length - 1)]);
  }

  /** What is asked is not remembered: there may be too much of it. */
  GeminiBench forgetful() {
    remembers = false;
    return this;
  }

  @Override
  GeminiBench self() {
    return this;
  }

  GeminiBench emulator(UnaryOperator<GeminiEmulatorOptions> options) {
    emulatorOptions = options;
    return this;
  }

  @Override
  JsonObject startService() {
    GeminiEmulatorOptions options =
        emulatorOptions.apply(
            GeminiEmulatorOptions.DEFAULTS.withScript(
                call -> {
                  synchronized (calls) {
                    if (remembers) {
                      calls.add(call);
                    }
                  }
                  return script.apply(call);
                }));
    emulator = await(GeminiEmulator.start(vertx(), options));
    return new JsonObject()
        .put("gemini-api-key", "emulated-key")
        .put("gemini-base-url", emulator().baseUrl());
  }

  GeminiEmulator emulator() {
    return Objects.requireNonNull(emulator);
  }

  List<GeminiCall> calls() {
    synchronized (calls) {
      return List.copyOf(calls);
    }
  }
}
