package io.voicebus.http;

import io.vertx.core.http.HttpServerRequest;
import io.voicebus.bus.Meter;
import io.voicebus.bus.Meters;
import java.util.Set;

/** Counts the server's responses by method and status. */
final class AnswerWatch {
  private static final Meter REQUESTS =
      Meter.counter(
          "voicebus.http.requests",
          "Requests that were answered wholly, by method and status.",
          "method",
          "status");

  /** Anybody may send any method. */
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS");

  private final Meters meters;

  AnswerWatch(Meters meters) {
    this.meters = meters;
  }

  /** A request was answered. */
  void answered(HttpServerRequest request) {
    String method = request.method().name();
    meters
        .of(
            REQUESTS,
            METHODS.contains(method) ? method : "other",
            String.valueOf(request.response().getStatusCode()))
        .increment();
  }
}
