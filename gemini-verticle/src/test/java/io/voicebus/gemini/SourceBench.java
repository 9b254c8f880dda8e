package io.voicebus.gemini;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Bus;
import io.voicebus.contract.Settings;
import io.voicebus.contract.TurnContext;
import io.voicebus.contract.TurnId;
import io.voicebus.contract.TurnOptions;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A source under test, on a context of its own.
 *
 * @param <B> the kind of bench
 */
abstract class SourceBench<B extends SourceBench<B>> implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final JsonObject settings = new JsonObject();
  private UnaryOperator<HttpClientOptions> clientOptions = options -> options;
  private BiFunction<Vertx, Context, Bus> bus = FastTime::new;
  private @Nullable ModelSource source;
  private @Nullable Bus time;

  /** This. */
  abstract B self();

  /** Starts what is asked; says how to reach it. */
  abstract JsonObject startService();

  B set(String key, Object value) {
    settings.put(key, value);
    return self();
  }

  B client(UnaryOperator<HttpClientOptions> options) {
    clientOptions = options;
    return self();
  }

  /** The time, unless it is another. */
  FastTime fastTime() {
    return (FastTime) Objects.requireNonNull(time);
  }

  B time(Bus other) {
    bus = (any, where) -> other;
    return self();
  }

  B start() {
    JsonObject all = new JsonObject();
    for (String source : new String[] {"gemini", "openai"}) {
      // Patient unless a test says otherwise: builders share their processors.
      all.put(source + "-connect-ms", 60_000)
          .put(source + "-headers-ms", 200_000)
          .put(source + "-gap-ms", 200_000)
          .put(source + "-total-ms", 2_000_000);
    }
    all.mergeIn(startService()).mergeIn(settings);
    source = run(() -> connect(SourceSettings.read(new Settings("gemini", all))));
    return self();
  }

  private ModelSource connect(SourceSettings read) {
    Bus time = bus.apply(vertx, context);
    this.time = time;
    return new ModelSource(
        read.services().stream()
            .map(
                target ->
                    new ModelService(
                        vertx.createHttpClient(
                            clientOptions.apply(ModelService.httpOptions(target, read.outbound())),
                            ModelService.poolOptions()),
                        time,
                        target,
                        read.outbound().proxyTo(target.url()).orElse(""),
                        read.keepWarm()))
            .toList(),
        time,
        () -> 0.5);
  }

  Vertx vertx() {
    return vertx;
  }

  ModelSource source() {
    return Objects.requireNonNull(source);
  }

  TurnContext turn() {
    return new TurnContext(TurnId.random(), "owner", TurnOptions.DEFAULTS);
  }

  /** Asks, and waits for the end. */
  RecordedAnswer hear(String prompt) {
    return hear(Question.of(turn(), prompt));
  }

  /** Asks, and waits for the end. */
  RecordedAnswer hear(Question question) {
    RecordedAnswer recorded = new RecordedAnswer(piece -> {});
    run(() -> source().answer(question, recorded));
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

  /** So many characters of which no stretch comes again. */
  static String text(int chars) {
    StringBuilder text = new StringBuilder(chars + 16);
    for (int i = 0; text.length() < chars; i++) {
      text.append(i).append(' ');
    }
    return text.substring(0, chars);
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
