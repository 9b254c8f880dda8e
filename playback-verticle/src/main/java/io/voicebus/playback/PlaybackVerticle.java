package io.voicebus.playback;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.voicebus.bus.Clock;
import io.voicebus.bus.VertxBus;
import io.voicebus.contract.Addresses;
import io.voicebus.contract.MemoryBudget;
import io.voicebus.contract.Settings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Chunks in, spoken by whichever worker has room, and one ordered, gapless playout per turn out: to
 * its owner over the bus, to the local sound card, or to a file. Deploy one per event loop.
 *
 * <p>{@link PlaybackConfig} has the settings; a wrong value or an unknown key fails the start. An
 * instance that is stopped cancels its turns at once, unless {@code drain-ms} is set.
 */
public final class PlaybackVerticle extends VerticleBase {
  private String address = Addresses.PLAYOUT;
  private Duration drain = Duration.ZERO;
  private @Nullable VertxBus bus;
  private @Nullable BusTurns turns;

  /**
   * Serves another address, in place of the usual one: for a stage of your own that serves the
   * usual one, and opens this one from there. To be said before the deployment.
   */
  public PlaybackVerticle servingAt(String other) {
    address = other;
    return this;
  }

  @Override
  public Future<?> start() {
    Settings read = new Settings("playback", config());
    drain = read.find(PlaybackConfig.DRAIN).orElse(Duration.ZERO);
    PlaybackSettings settings = PlaybackSettings.of(read);
    return VertxBus.register(vertx, Clock.system(), "playback")
        .compose(
            registered -> {
              bus = registered;
              BusTurns made = new BusTurns(registered.inbox(), settings, MemoryBudget.of(vertx));
              turns = made;
              return registered
                  .listen(Addresses.WORKERS)
                  .onSuccess(listening -> made.callWorkers())
                  .compose(listening -> registered.serve(address));
            });
  }

  @Override
  public Future<?> stop() {
    if (bus == null || turns == null) {
      return Future.succeededFuture();
    }
    VertxBus stopping = bus;
    BusTurns discarding = turns;
    return stopping
        .drain(drain)
        .eventually(stopping::stopServing)
        .eventually(
            () ->
                // Owners take their turns elsewhere.
                stopping.close().onComplete(closed -> discarding.close()));
  }
}
