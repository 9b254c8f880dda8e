package io.voicebus.playback;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.voicebus.contract.Addresses;
import io.voicebus.contract.Clock;
import io.voicebus.contract.VertxBus;
import org.jspecify.annotations.Nullable;

/**
 * Frames in, one ordered, gapless playout per turn out: to its owner over the bus, to the local
 * sound card, or to a file. Deploy one per event loop.
 *
 * <p>Configuration: {@code lookahead-ms}, {@code turn-bytes}, {@code chunk-bytes}, {@code
 * max-turns}, as {@code docs/} has them; a wrong value fails the start.
 */
public final class PlaybackVerticle extends VerticleBase {
  private @Nullable VertxBus bus;
  private @Nullable BusTurns turns;

  @Override
  public Future<?> start() {
    PlaybackSettings settings = PlaybackSettings.of(config().getMap());
    return VertxBus.register(vertx, Clock.system(), "playback")
        .compose(
            registered -> {
              bus = registered;
              turns = new BusTurns(registered.inbox(), settings);
              return registered.serve(Addresses.PLAYOUT);
            });
  }

  @Override
  public Future<?> stop() {
    if (bus == null || turns == null) {
      return Future.succeededFuture();
    }
    VertxBus stopping = bus;
    BusTurns dropping = turns;
    return stopping
        .stopServing()
        .eventually(
            () -> {
              dropping.close();
              return stopping.close();
            });
  }
}
