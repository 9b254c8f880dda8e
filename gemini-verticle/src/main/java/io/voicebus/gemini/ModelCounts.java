package io.voicebus.gemini;

import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Meter;
import io.voicebus.bus.Meters;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

/** Counts of requests to models, for the operator. */
final class ModelCounts {
  private static final Meter REQUESTS =
      Meter.counter("voicebus.model.requests", "Requests to a model's service.", "source");

  private static final Meter FAILURES =
      Meter.counter(
          "voicebus.model.failures",
          "Requests to a model's service that failed.",
          "source",
          "kind");

  private static final Meter FALLBACKS =
      Meter.counter(
          "voicebus.model.fallbacks",
          "Answers for which another source was asked, since one failed.",
          "from",
          "to");

  private final Meters meters;

  ModelCounts(Meters meters) {
    this.meters = meters;
  }

  /** A source may be asked from now on: a rate begins with a 0. */
  void begin(String source) {
    meters.of(REQUESTS, source);
    for (FailureKind kind : FailureKind.values()) {
      failures(source, kind);
    }
  }

  private LongAdder failures(String source, FailureKind kind) {
    return meters.of(FAILURES, source, kind.name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  void request(String source) {
    meters.of(REQUESTS, source).increment();
  }

  void failure(String source, FailureKind kind) {
    failures(source, kind).increment();
  }

  void fallback(String from, String to) {
    meters.of(FALLBACKS, from, to).increment();
  }
}
