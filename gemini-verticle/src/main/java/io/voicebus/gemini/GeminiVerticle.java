package io.voicebus.gemini;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpClient;
import io.voicebus.contract.Addresses;
import io.voicebus.contract.BusReadStream;
import io.voicebus.contract.Clock;
import io.voicebus.contract.Failure;
import io.voicebus.contract.FailureKind;
import io.voicebus.contract.Load;
import io.voicebus.contract.Message;
import io.voicebus.contract.Prompt;
import io.voicebus.contract.Settings;
import io.voicebus.contract.Stage;
import io.voicebus.contract.VertxBus;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Prompts to deltas.
 *
 * <p>Settings: {@code source} ({@code gemini}, the default with a key, or {@code reader}, which
 * needs none and reads the prompt itself).
 *
 * <p>The reader: {@code reader-delta-chars} (1 to 4096, default 4), {@code
 * reader-deltas-per-second} (0 to 100000, default 60; 0 is as fast as it is taken).
 *
 * <p>Gemini: {@code gemini-api-key}, {@code gemini-base-url}, {@code gemini-model}, {@code
 * gemini-api-version}, {@code gemini-thinking} ({@code auto}, the least that the model takes;
 * {@code default}, the model's own; or a level), {@code gemini-max-output-tokens} (0 for the
 * model's limit), {@code system-instruction} ({@code none} for none); in ms {@code
 * gemini-connect-ms} (3000), {@code gemini-headers-ms} (10000), {@code gemini-gap-ms} (10000),
 * {@code gemini-total-ms} (120000); {@code gemini-retries} (2).
 *
 * <p>{@code drain-ms} (0 to 600000, default 0): how long an instance that is stopped may finish its
 * turns.
 */
public final class GeminiVerticle extends VerticleBase {
  private final Set<BusTurn> turns = new HashSet<>();
  private Duration drain = Duration.ZERO;
  private @Nullable VertxBus bus;
  private @Nullable GeminiSource gemini;

  @Override
  public Future<?> start() {
    Settings settings = new Settings("gemini", config());
    Optional<GeminiSettings> withKey = GeminiSettings.read(settings);
    String which =
        settings.choice(
            "source", withKey.isPresent() ? "gemini" : "reader", List.of("reader", "gemini"));
    int deltaChars = settings.integer("reader-delta-chars", 4, 1, 4096);
    int perSecond = settings.integer("reader-deltas-per-second", 60, 0, 100_000);
    drain = settings.millis("drain-ms", Duration.ZERO, 0, 600_000);
    settings.rejectUnknown();
    if (which.equals("gemini") && withKey.isEmpty()) {
      throw new IllegalArgumentException(
          "source=gemini needs a key: set GEMINI_API_KEY, or source=reader");
    }
    return VertxBus.register(vertx, Clock.system(), "gemini")
        .compose(
            registered -> {
              bus = registered;
              registered.inbox().load(() -> new Load(turns.size(), 0));
              return which.equals("gemini")
                  ? serve(registered, connect(registered, withKey.orElseThrow()))
                  : serve(registered, new ReaderSource(registered, deltaChars, perSecond));
            });
  }

  private GeminiSource connect(VertxBus registered, GeminiSettings settings) {
    HttpClient client =
        vertx.createHttpClient(GeminiSource.httpOptions(settings), GeminiSource.poolOptions());
    gemini =
        new GeminiSource(
            client, registered, settings, () -> ThreadLocalRandom.current().nextDouble());
    return gemini;
  }

  private Future<Void> serve(VertxBus registered, TextSource source) {
    registered
        .inbox()
        .onOpen(
            Prompt.class,
            (Prompt prompt, BusReadStream<Message> asked) ->
                answer(registered, source, prompt, asked));
    Future<Void> warm = gemini == null ? Future.succeededFuture() : gemini.warm();
    return warm.compose(ignored -> registered.serve(Addresses.PROMPT));
  }

  private void answer(
      VertxBus registered, TextSource source, Prompt prompt, BusReadStream<Message> asked) {
    BusTurn[] turn = new BusTurn[1];
    turn[0] = new BusTurn(registered.inbox(), prompt, asked, () -> turns.remove(turn[0]));
    turns.add(turn[0]);
    turn[0].begin(source);
  }

  @Override
  public Future<?> stop() {
    Future<Void> drained = bus == null ? Future.succeededFuture() : bus.drain(drain);
    return drained.eventually(this::close);
  }

  private Future<Void> close() {
    for (BusTurn turn : List.copyOf(turns)) {
      turn.fail(new Failure(Stage.TEXT, FailureKind.UNAVAILABLE, "the text source has stopped"));
    }
    Future<Void> closed = gemini == null ? Future.succeededFuture() : gemini.close();
    return closed.eventually(() -> bus == null ? Future.succeededFuture() : bus.close());
  }
}
