package io.voicebus.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.voicebus.bus.Meters;
import io.voicebus.turn.TurnSummary;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The figures, once they are needed: with it the library is loaded. NOT thread safe. */
final class LiveFigures {
  private static final Logger LOG = LoggerFactory.getLogger(LiveFigures.class);

  private final MeterRegistry registry;
  private final ProcessFigures process;
  private final TurnFigures turns;

  /**
   * Shows all figures of a process.
   *
   * @param loops how many event loops there are
   */
  LiveFigures(Vertx vertx, int loops, MeterRegistry registry) {
    this.registry = registry;
    process = new ProcessFigures(registry, Meters.of(vertx));
    turns = new TurnFigures(registry);
    EventLoopLag.measure(vertx, loops, registry)
        .onFailure(why -> LOG.debug("the event loops' lag is not measured", why));
  }

  /** Of a registry that Prometheus reads. */
  static Supplier<MeterRegistry> prometheus() {
    return () -> new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  }

  void ended(TurnSummary turn) {
    turns.ended(turn);
  }

  /** The text of Prometheus; empty where another registry has the figures. */
  String text(String contentType) {
    process.refresh();
    return registry instanceof PrometheusMeterRegistry prometheus
        ? prometheus.scrape(contentType)
        : "";
  }

  void close() {
    process.close();
  }
}
