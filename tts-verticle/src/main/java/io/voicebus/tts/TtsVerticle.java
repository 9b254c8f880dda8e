package io.voicebus.tts;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.voicebus.bus.Clock;
import io.voicebus.bus.VertxBus;
import io.voicebus.contract.Addresses;
import io.voicebus.contract.Settings;
import io.voicebus.queue.JobWorker;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Chunks to frames: one worker of the queue, with an engine of its own. Deploy as many instances as
 * you like, in as many JVMs.
 *
 * <p>Settings: {@code engine} (default {@code elevenlabs} if there is an {@code
 * elevenlabs-api-key}, else {@code embedded}), {@code slots} (1 to 256; default 2, or 16 with a
 * service): chunks spoken at once; {@code chunk-timeout-ms} (100 to 600000, default 10000): an
 * engine that is silent for so long has failed; {@code drain-ms} (0 to 600000, default 5000): how
 * long an instance that is stopped may finish what it has taken.
 */
public final class TtsVerticle extends VerticleBase {
  private final @Nullable EngineCatalog catalog;
  private Duration drain = Duration.ZERO;
  private @Nullable SpeechEngine engine;
  private @Nullable VertxBus bus;
  private @Nullable JobWorker worker;

  /** With the engines that come with Voicebus. */
  public TtsVerticle() {
    this.catalog = null;
  }

  /** With engines of your own. */
  public TtsVerticle(EngineCatalog catalog) {
    this.catalog = catalog;
  }

  @Override
  public Future<?> start() {
    Settings settings = new Settings("tts", config());
    Duration timeout = settings.millis("chunk-timeout-ms", Duration.ofSeconds(10), 100, 600_000);
    drain = settings.millis("drain-ms", Duration.ofSeconds(5), 0, 600_000);
    EngineCatalog engines = catalog == null ? EngineCatalog.all(vertx, Clock.system()) : catalog;
    int slots = settings.integer("slots", engines.defaultSlots(settings), 1, 256);
    SpeechEngine opened = engines.open(settings, slots);
    engine = opened;
    settings.rejectUnknown();
    return VertxBus.register(vertx, Clock.system(), "tts")
        .compose(
            registered -> {
              bus = registered;
              return Future.fromCompletionStage(opened.warm(), vertx.getOrCreateContext())
                  .compose(
                      warm -> {
                        work(registered, opened, slots, timeout);
                        new BusVoiceDesk(registered.inbox(), () -> offers(engines)).open();
                        return registered
                            .listen(Addresses.HOLDERS)
                            .compose(listening -> registered.serve(Addresses.VOICES));
                      });
            })
        .onFailure(why -> opened.close());
  }

  /** Off the event loop: an engine that is opened may look for its program or its files. */
  private Future<List<EngineOffer>> offers(EngineCatalog engines) {
    return vertx
        .executeBlocking(() -> engines.offers(new Settings("tts", config())))
        .compose(asked -> Future.fromCompletionStage(asked, vertx.getOrCreateContext()));
  }

  private void work(VertxBus registered, SpeechEngine opened, int slots, Duration timeout) {
    SpeakingPace pace = new SpeakingPace();
    JobWorker made =
        new JobWorker(
            registered.inbox(),
            Addresses.WORKERS,
            slots,
            assignment ->
                new BusSpeech(registered.inbox(), opened, assignment, timeout.toNanos(), pace)
                    .begin());
    worker = made;
    made.beat();
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
          if (engine != null) {
            engine.close();
          }
          return bus == null ? Future.succeededFuture() : bus.close();
        });
  }
}
