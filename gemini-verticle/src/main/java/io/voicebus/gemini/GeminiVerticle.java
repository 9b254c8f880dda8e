package io.voicebus.gemini;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpClient;
import io.voicebus.bus.Clock;
import io.voicebus.bus.VertxBus;
import io.voicebus.contract.Addresses;
import io.voicebus.contract.Settings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Prompts to deltas.
 *
 * <p>Settings: {@code source} ({@code gemini}, the default with a key; {@code openai}, the default
 * with any of its server, key and model; or {@code reader}, which needs none of it and reads the
 * prompt itself), see {@link AnswerSource}; {@code fallback} ({@code none}, or a list of sources,
 * each perhaps with a model, like {@code gemini:gemini-3.1-flash-lite, openai}); {@code
 * system-instruction} ({@code none} for none); {@code keep-warm-ms} (60000; 0 for never).
 *
 * <p>The reader: {@code reader-delta-chars} (1 to 4096, default 4), {@code
 * reader-deltas-per-second} (0 to 100000, default 60; 0 is as fast as it is taken).
 *
 * <p>Gemini: {@code gemini-api-key}, {@code gemini-base-url}, {@code gemini-model}, {@code
 * gemini-api-version}, {@code gemini-thinking} ({@code auto}, the least that the model takes;
 * {@code default}, the model's own; or a level), {@code gemini-max-output-tokens} (0 for the
 * model's limit); in ms {@code gemini-connect-ms} (3000), {@code gemini-headers-ms} (10000), {@code
 * gemini-gap-ms} (10000), {@code gemini-total-ms} (120000); {@code gemini-retries} (2).
 *
 * <p>OpenAI-compatible servers: {@code openai-base-url}, {@code openai-api-key}, {@code
 * openai-model}, {@code openai-max-output-tokens}, {@code openai-max-tokens-field}, {@code
 * openai-reasoning-effort}, {@code openai-think} ({@code auto}, {@code begins} or {@code keep}); in
 * ms {@code openai-connect-ms} (3000), {@code openai-headers-ms} (60000), {@code openai-gap-ms}
 * (30000), {@code openai-total-ms} (300000); {@code openai-retries} (2).
 *
 * <p>Conversations, for any source: {@code conversation-turns} (50), {@code conversation-chars}
 * (50000), {@code conversation-age-ms} (3600000), {@code conversation-wait-ms} (500), {@code
 * conversations} (1000).
 *
 * <p>The way to the services: {@code proxy}, {@code ca-file}, see {@link
 * io.voicebus.contract.Outbound}.
 *
 * <p>{@code drain-ms} (0 to 600000, default 0): how long an instance that is stopped may finish its
 * turns.
 */
public final class GeminiVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(GeminiVerticle.class);

  private Duration drain = Duration.ZERO;
  private @Nullable VertxBus bus;
  private @Nullable ModelSource models;

  @Override
  public Future<?> start() {
    Settings read = new Settings("gemini", config());
    SourceSettings settings = SourceSettings.read(read);
    ConversationLimits limits = ConversationLimits.read(read);
    drain = read.millis("drain-ms", Duration.ZERO, 0, 600_000);
    read.rejectUnknown();
    settings.warnings().forEach(LOG::warn);
    return VertxBus.register(vertx, Clock.system(), "gemini")
        .compose(
            registered -> {
              bus = registered;
              BusConversations remembered =
                  new BusConversations(
                      () -> vertx.sharedData().getAsyncMap(BusConversations.MAP),
                      registered,
                      InstantSource.system(),
                      limits);
              return serve(registered, remembered, source(registered, settings));
            });
  }

  private TextSource source(VertxBus registered, SourceSettings settings) {
    if (settings.services().isEmpty()) {
      return new ReaderSource(
          registered, settings.readerDeltaChars(), settings.readerDeltasPerSecond());
    }
    models =
        new ModelSource(
            settings.services().stream()
                .map(target -> connect(registered, target, settings))
                .toList(),
            registered,
            () -> ThreadLocalRandom.current().nextDouble());
    return models;
  }

  private ModelService connect(
      VertxBus registered, SourceSettings.Target target, SourceSettings settings) {
    HttpClient client =
        vertx.createHttpClient(
            ModelService.httpOptions(target, settings.outbound()), ModelService.poolOptions());
    String proxy = settings.outbound().proxyTo(target.url()).orElse("");
    return new ModelService(client, registered, target, proxy, settings.keepWarm());
  }

  private Future<Void> serve(
      VertxBus registered, BusConversations conversations, TextSource source) {
    new BusConversationDesk(registered.inbox(), conversations).open();
    new BusPrompts(registered.inbox(), conversations, source);
    Future<Void> warm = models == null ? Future.succeededFuture() : models.warm();
    return warm.compose(ignored -> registered.serve(Addresses.CONVERSATION))
        .compose(ignored -> registered.serve(Addresses.PROMPT));
  }

  @Override
  public Future<?> stop() {
    Future<Void> drained = bus == null ? Future.succeededFuture() : bus.drain(drain);
    return drained.eventually(this::close);
  }

  private Future<Void> close() {
    // What is left is taken over by another instance.
    Future<Void> closed = bus == null ? Future.succeededFuture() : bus.close();
    return closed.eventually(() -> models == null ? Future.succeededFuture() : models.close());
  }
}
