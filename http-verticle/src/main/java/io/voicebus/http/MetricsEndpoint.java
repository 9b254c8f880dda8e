package io.voicebus.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import io.voicebus.bus.FailureKind;
import io.voicebus.http.wire.Body;
import io.voicebus.http.wire.ProblemMapping;
import org.jspecify.annotations.Nullable;

/** {@code /metrics}: the figures of this process, for Prometheus. */
final class MetricsEndpoint {
  /** Where it is asked for. */
  static final String PATH = "/metrics";

  /** Prometheus' own text, which everything that scrapes reads. */
  static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

  static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

  private final Vertx vertx;
  private final Figures figures;

  MetricsEndpoint(Vertx vertx, Figures figures) {
    this.vertx = vertx;
    this.figures = figures;
  }

  void get(RoutingContext context) {
    String type = type(context.request().getHeader("Accept"));
    if (figures == Figures.NONE) {
      context.fail(
          ProblemMapping.of(FailureKind.NOT_FOUND, "this server keeps no figures").toException());
      return;
    }
    Context here = vertx.getOrCreateContext();
    figures.tell(type, text -> here.runOnContext(told -> answer(context, type, text)));
  }

  /** OpenMetrics for clients that accept it, as Prometheus does. */
  static String type(@Nullable String accept) {
    return accept != null && accept.contains("application/openmetrics-text") ? OPEN_METRICS : TEXT;
  }

  private static void answer(RoutingContext context, String type, String text) {
    if (text.isEmpty()) {
      context.fail(
          ProblemMapping.of(FailureKind.UNAVAILABLE, "the figures cannot be told now")
              .toException());
      return;
    }
    context.response().putHeader("Content-Type", type);
    Body.end(context.response(), text);
  }
}
