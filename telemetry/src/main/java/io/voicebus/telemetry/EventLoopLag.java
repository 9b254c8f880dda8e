package io.voicebus.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.voicebus.bus.Clock;
import java.time.Duration;

/**
 * Measures how late timers fire on each event loop: what keeps a loop from its work keeps audio
 * waiting.
 */
final class EventLoopLag {
  private static final long EVERY_MS = 500;

  private static final Duration[] LIMITS = {
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(20),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(1000)
  };

  private EventLoopLag() {}

  /** Begins on each of so many event loops: Vert.x gives each instance the next one. */
  static Future<String> measure(Vertx vertx, int loops, MeterRegistry registry) {
    Timer lag =
        Timer.builder("voicebus.event.loop.lag")
            .description("How late timers fire on the event loops.")
            .serviceLevelObjectives(LIMITS)
            .register(registry);
    return vertx.deployVerticle(
        () -> new Probe(lag, Clock.system()), new DeploymentOptions().setInstances(loops));
  }

  private static final class Probe extends VerticleBase {
    private final Timer lag;
    private final Clock clock;

    Probe(Timer lag, Clock clock) {
      this.lag = lag;
      this.clock = clock;
    }

    @Override
    public Future<?> start() {
      next();
      return Future.succeededFuture();
    }

    private void next() {
      long due = clock.nanoTime() + EVERY_MS * 1_000_000;
      vertx.setTimer(
          EVERY_MS,
          fired -> {
            lag.record(Duration.ofNanos(Math.max(0, clock.nanoTime() - due)));
            next();
          });
    }
  }
}
