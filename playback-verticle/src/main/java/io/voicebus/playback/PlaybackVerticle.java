package io.voicebus.playback;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.voicebus.bus.Clock;
import io.voicebus.bus.VertxBus;
import io.voicebus.contract.Addresses;
import io.voicebus.contract.Settings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Chunks in, spoken by whichever worker has room, and one ordered, gapless playout per turn out: to
 * its owner over the bus, to the local sound card, or to a file. Deploy one per event loop.
 *
 * <p>Configuration; a wrong value or an unknown key fails the start:
 *
 * <ul>
 *   <li>{@code lookahead-ms}: how much may be synthesised ahead of the listener's position, for
 *       {@link io.voicebus.contract.Pace#REALTIME}; 1000 to 600000, default 20000
 *   <li>{@code turn-bytes}: of PCM held and reserved per turn for chunks further ahead than the
 *       next; 1 to 256 MiB, default 2 MiB
 *   <li>{@code chunk-bytes}: of PCM held per chunk; 1 to 256 MiB, default 2 MiB
 *   <li>{@code processing}: what the samples of a turn go through that does not say it, {@code
 *       seams} (pauses by what ended the text, fades, one loudness; the default) or {@code none}
 *   <li>{@code max-turns}: at a time, per instance; 1 to 1000000, default 1000
 *   <li>{@code drain-ms}: how long an instance that is stopped may finish its turns; 0 to 600000,
 *       default 0
 * </ul>
 */
public final class PlaybackVerticle extends VerticleBase {
  private Duration drain = Duration.ZERO;
  private @Nullable VertxBus bus;
  private @Nullable BusTurns turns;

  @Override
  public Future<?> start() {
    Settings read = new Settings("playback", config());
    drain = read.millis("drain-ms", Duration.ZERO, 0, 600_000);
    PlaybackSettings settings = PlaybackSettings.of(read);
    return VertxBus.register(vertx, Clock.system(), "playback")
        .compose(
            registered -> {
              bus = registered;
              BusTurns made = new BusTurns(registered.inbox(), settings);
              turns = made;
              return registered
                  .listen(Addresses.WORKERS)
                  .onSuccess(listening -> made.callWorkers())
                  .compose(listening -> registered.serve(Addresses.PLAYOUT));
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
