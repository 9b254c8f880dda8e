package io.voicebus.gemini;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.voicebus.bus.Bus;
import io.voicebus.bus.Clock;
import io.voicebus.bus.VertxBus;
import io.voicebus.contract.Addresses;
import io.voicebus.contract.Settings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The text source: receives prompts and streams the deltas of their answers.
 *
 * <p>{@link GeminiConfig} has the settings; {@link AnswerSource} tells which source they choose. An
 * instance that is undeployed ends its turns at once, unless {@code drain-ms} is set.
 */
public final class GeminiVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(GeminiVerticle.class);

  private final @Nullable Function<Bus, TextSource> own;
  private String address = Addresses.PROMPT;
  private Duration drain = Duration.ZERO;
  private @Nullable VertxBus bus;
  private @Nullable ModelSource models;

  /** A verticle with the text source that the settings choose. */
  public GeminiVerticle() {
    own = null;
  }

  /**
   * A verticle with a text source of your own; the settings do not choose one.
   *
   * @param source creates the source on the verticle's context, from the bus of that context
   */
  public GeminiVerticle(Function<Bus, TextSource> source) {
    own = source;
  }

  /**
   * Receives prompts at another address. This is for a stage of your own that serves the usual
   * address and opens this one. Call it before the deployment.
   */
  public GeminiVerticle servingAt(String other) {
    address = other;
    return this;
  }

  @Override
  public Future<?> start() {
    Settings read = new Settings("gemini", config());
    ConversationLimits limits = ConversationLimits.read(read);
    drain = read.find(GeminiConfig.DRAIN).orElse(Duration.ZERO);
    Future<Function<Bus, TextSource>> source =
        own == null ? configured(read) : Future.succeededFuture(own);
    return source.compose(opened -> serve(opened, limits));
  }

  private Future<Void> serve(Function<Bus, TextSource> source, ConversationLimits limits) {
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
              return serve(registered, remembered, source.apply(registered));
            });
  }

  /** The source that the settings name. */
  private Future<Function<Bus, TextSource>> configured(Settings read) {
    SourceSettings settings = SourceSettings.read(read);
    read.rejectUnknown();
    settings.warnings().forEach(LOG::warn);
    return settings
        .outbound()
        .loaded(vertx, !settings.services().isEmpty())
        .map(outbound -> registered -> source(registered, settings));
  }

  private TextSource source(Bus registered, SourceSettings settings) {
    if (settings.name().equals(ReaderSource.NAME)) {
      return new ReaderSource(
          registered, settings.readerDeltaChars(), settings.readerDeltasPerSecond());
    }
    models =
        new ModelSource(
            settings.services().stream()
                .map(target -> ModelService.connect(vertx, registered, target, settings))
                .toList(),
            registered,
            () -> ThreadLocalRandom.current().nextDouble());
    return models;
  }

  private Future<Void> serve(
      VertxBus registered, BusConversations conversations, TextSource source) {
    new BusConversationDesk(registered.inbox(), conversations).open();
    new BusPrompts(registered.inbox(), conversations, source);
    Future<Void> warm = models == null ? Future.succeededFuture() : models.warm();
    return warm.compose(ignored -> registered.serve(Addresses.CONVERSATION))
        .compose(ignored -> registered.serve(address));
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
