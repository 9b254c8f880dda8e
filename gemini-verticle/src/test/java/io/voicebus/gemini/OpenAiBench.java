package io.voicebus.gemini;

import io.vertx.core.json.JsonObject;
import io.voicebus.emulators.OpenAiChatCall;
import io.voicebus.emulators.OpenAiChatScript;
import io.voicebus.emulators.OpenAiEmulator;
import io.voicebus.emulators.OpenAiOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A source that asks the OpenAI-compatible emulator, and what the emulator was asked. */
final class OpenAiBench extends SourceBench<OpenAiBench> {
  private final List<OpenAiChatCall> calls = new ArrayList<>();
  private final Function<OpenAiChatCall, OpenAiChatScript> script;
  private UnaryOperator<OpenAiOptions> emulatorOptions = options -> options;
  private boolean remembers = true;
  private @Nullable OpenAiEmulator emulator;

  private OpenAiBench(Function<OpenAiChatCall, OpenAiChatScript> script) {
    this.script = script;
  }

  /** The emulator does what each request asks for. */
  static OpenAiBench answering(Function<OpenAiChatCall, OpenAiChatScript> script) {
    return new OpenAiBench(script);
  }

  /** The emulator plays one script after the other, and the last one from then on. */
  static OpenAiBench playing(OpenAiChatScript... scripts) {
    return answering(call -> scripts[(int) Math.min(call.number(), scripts.length - 1)]);
  }

  /** What is asked is not remembered: there may be too much of it. */
  OpenAiBench forgetful() {
    remembers = false;
    return this;
  }

  @Override
  OpenAiBench self() {
    return this;
  }

  OpenAiBench emulator(UnaryOperator<OpenAiOptions> options) {
    emulatorOptions = options;
    return this;
  }

  @Override
  JsonObject startService() {
    OpenAiOptions options =
        emulatorOptions.apply(
            OpenAiOptions.DEFAULTS.withChat(
                call -> {
                  synchronized (calls) {
                    if (remembers) {
                      calls.add(call);
                    }
                  }
                  return script.apply(call);
                }));
    emulator = await(OpenAiEmulator.start(vertx(), options));
    return new JsonObject()
        .put("source", "openai")
        .put("openai-api-key", "emulated-key")
        .put("openai-base-url", emulator().baseUrl())
        .put("openai-model", "gpt-4o-mini");
  }

  OpenAiEmulator emulator() {
    return Objects.requireNonNull(emulator);
  }

  List<OpenAiChatCall> calls() {
    synchronized (calls) {
      return List.copyOf(calls);
    }
  }
}
