package io.voicebus.tts;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.voicebus.bus.Clock;
import io.voicebus.bus.VertxBus;
import io.voicebus.contract.Addresses;
import io.voicebus.contract.Outbound;
import io.voicebus.contract.Settings;
import io.voicebus.tts.embedded.EmbeddedVoice;
import io.voicebus.tts.engine.SpeechEngine;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One worker of the speech queue: turns chunks into frames with an engine of its own. Deploy any
 * number of instances, in any number of JVMs.
 *
 * <p>{@link TtsConfig} has the settings.
 */
public final class TtsVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(TtsVerticle.class);

  /** After so many ms an engine that is silent has failed, unless it is set otherwise. */
  static final long CHUNK_TIMEOUT_MS = 10_000;

  private final @Nullable EngineCatalog catalog;
  private boolean oneText;
  private Duration drain = Duration.ZERO;
  private @Nullable VertxBus bus;
  private @Nullable BusWorker worker;

  /** A worker with the engines that come with Voicebus. */
  public TtsVerticle() {
    this.catalog = null;
  }

  /** A worker with engines of your own. */
  public TtsVerticle(EngineCatalog catalog) {
    this.catalog = catalog;
  }

  /**
   * Prepares the verticle for a single text, so that it starts sooner: it does not wait for the
   * embedded voice. Call it before the deployment.
   */
  public TtsVerticle forOneText() {
    oneText = true;
    return this;
  }

  @Override
  public Future<?> start() {
    Settings settings = new Settings("tts", config());
    EngineCatalog known = catalog == null ? EngineCatalog.all(vertx, Clock.system()) : catalog;
    return Outbound.read(settings)
        .loaded(vertx, known.asksServices(settings))
        .compose(outbound -> start(settings, known, outbound.warnings()));
  }

  private Future<?> start(Settings settings, EngineCatalog known, List<String> warnings) {
    Duration timeout = settings.get(TtsConfig.CHUNK_TIMEOUT);
    drain = settings.get(TtsConfig.DRAIN);
    int slots = settings.find(TtsConfig.SLOTS).orElseGet(() -> known.defaultSlots(settings));
    SpeechEngine opened = known.open(settings, slots);
    NamedEngines named = new NamedEngines(known, settings, opened);
    try {
      settings.rejectUnknown();
    } catch (IllegalArgumentException wrong) {
      opened.close();
      throw wrong;
    }
    warnings.forEach(LOG::warn);
    return VertxBus.register(vertx, Clock.system(), "tts")
        .compose(
            registered -> {
              bus = registered;
              return ready(opened)
                  .compose(
                      warm -> {
                        worker = new BusWorker(registered.inbox(), named, opened, slots, timeout);
                        new BusVoiceDesk(registered.inbox(), () -> offers(known)).open();
                        return registered
                            .listen(Addresses.HOLDERS)
                            .compose(listening -> registered.serve(Addresses.VOICES));
                      });
            })
        .onFailure(why -> opened.close());
  }

  /** The embedded voice can be asked while it is loaded: the one text comes meanwhile. */
  private Future<Void> ready(SpeechEngine opened) {
    return oneText && opened.name().equals(EmbeddedVoice.NAME)
        ? Future.succeededFuture()
        : Future.fromCompletionStage(opened.warm(), vertx.getOrCreateContext());
  }

  /** Off the event loop: an engine that is opened may look for its program or its files. */
  private Future<List<EngineOffer>> offers(EngineCatalog known) {
    return vertx
        .executeBlocking(() -> known.offers(new Settings("tts", config())))
        .compose(asked -> Future.fromCompletionStage(asked, vertx.getOrCreateContext()));
  }

  @Override
  public Future<?> stop() {
    Future<?> finished =
        worker == null
            ? Future.succeededFuture()
            : Future.any(worker.drain(), vertx.timer(Math.max(1, drain.toMillis())))
                .otherwiseEmpty();
    return finished.eventually(
        () -> {
          if (worker != null) {
            worker.close();
          }
          return bus == null ? Future.succeededFuture() : bus.close();
        });
  }
}
