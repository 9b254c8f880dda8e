package io.voicebus.gemini;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.json.JsonObject;
import io.voicebus.contract.Bus;
import io.voicebus.contract.Settings;
import io.voicebus.contract.TurnContext;
import io.voicebus.contract.TurnId;
import io.voicebus.contract.TurnOptions;
import io.voicebus.emulators.GeminiCall;
import io.voicebus.emulators.GeminiEmulator;
import io.voicebus.emulators.GeminiEmulatorOptions;
import io.voicebus.emulators.GeminiScript;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A source, the emulator that it asks, and what the emulator was asked. */
final class GeminiBench implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final List<GeminiCall> calls = new ArrayList<>();
  private final Function<GeminiCall, GeminiScript> script;
  private final JsonObject settings = new JsonObject();
  private UnaryOperator<GeminiEmulatorOptions> emulatorOptions = options -> options;
  private UnaryOperator<HttpClientOptions> clientOptions = options -> options;
  private BiFunction<Vertx, Context, Bus> bus = FastTime::new;
  private @Nullable GeminiEmulator emulator;
  private @Nullable ModelSource source;

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

  GeminiBench set(String key, Object value) {
    settings.put(key, value);
    return this;
  }

  GeminiBench emulator(UnaryOperator<GeminiEmulatorOptions> options) {
    emulatorOptions = options;
    return this;
  }

  GeminiBench client(UnaryOperator<HttpClientOptions> options) {
    clientOptions = options;
    return this;
  }

  GeminiBench time(Bus time) {
    bus = (any, where) -> time;
    return this;
  }

  GeminiBench start() {
    GeminiEmulatorOptions options =
        emulatorOptions.apply(
            GeminiEmulatorOptions.DEFAULTS.withScript(
                call -> {
                  synchronized (calls) {
                    calls.add(call);
                  }
                  return script.apply(call);
                }));
    emulator = await(GeminiEmulator.start(vertx, options));
    JsonObject all =
        new JsonObject()
            .put("gemini-api-key", "emulated-key")
            .put("gemini-base-url", emulator().baseUrl())
            // Patient unless a test says otherwise: builders share their processors.
            .put("gemini-connect-ms", 60_000)
            .put("gemini-headers-ms", 200_000)
            .put("gemini-gap-ms", 200_000)
            .put("gemini-total-ms", 2_000_000)
            .mergeIn(settings);
    source = run(() -> connect(SourceSettings.read(new Settings("gemini", all))));
    return this;
  }

  private ModelSource connect(SourceSettings read) {
    Bus time = bus.apply(vertx, context);
    return new ModelSource(
        read.services().stream()
            .map(
                target ->
                    new ModelService(
                        vertx.createHttpClient(
                            clientOptions.apply(ModelService.httpOptions(target)),
                            ModelService.poolOptions()),
                        time,
                        target,
                        read.keepWarm()))
            .toList(),
        time,
        () -> 0.5);
  }

  GeminiEmulator emulator() {
    return Objects.requireNonNull(emulator);
  }

  ModelSource source() {
    return Objects.requireNonNull(source);
  }

  TurnContext turn() {
    return new TurnContext(TurnId.random(), "owner", "playback", TurnOptions.DEFAULTS);
  }

  List<GeminiCall> calls() {
    synchronized (calls) {
      return List.copyOf(calls);
    }
  }

  /** Asks, and waits for the end. */
  RecordedAnswer hear(String prompt) {
    RecordedAnswer recorded = new RecordedAnswer(piece -> {});
    ask(prompt, recorded);
    await(recorded.over());
    return recorded;
  }

  Answer ask(String prompt, RecordedAnswer recorded) {
    return run(() -> source().answer(Question.of(turn(), prompt), recorded));
  }

  /** Asks; what is to happen with each piece is told the answer too. */
  RecordedAnswer ask(String prompt, BiFunction<Answer, String, Void> onText) {
    Answer[] answer = new Answer[1];
    Consumer<String> each = piece -> onText.apply(answer[0], piece);
    RecordedAnswer recorded = new RecordedAnswer(each);
    run(() -> answer[0] = source().answer(Question.of(turn(), prompt), recorded));
    return recorded;
  }

  /** Runs on the source's context, and waits. */
  <T> T run(Supplier<T> task) {
    Promise<T> done = Promise.promise();
    context.runOnContext(
        ignored -> {
          try {
            done.complete(task.get());
          } catch (RuntimeException e) {
            done.fail(e);
          }
        });
    return await(done.future());
  }

  static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    await(vertx.close());
  }
}
