package io.voicebus.telemetry;

import io.opentelemetry.sdk.trace.IdGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Gives a turn's span the ids that its stages were told when it began; all other spans get new
 * ones. NOT thread safe.
 */
final class PresetIds implements IdGenerator {
  private final IdGenerator random = IdGenerator.random();
  private @Nullable String nextTrace;
  private @Nullable String nextSpan;

  /** The next span is this one. */
  void next(String traceParent) {
    nextTrace = TraceIds.trace(traceParent);
    nextSpan = TraceIds.span(traceParent);
  }

  @Override
  public String generateSpanId() {
    String preset = nextSpan;
    nextSpan = null;
    return preset == null ? random.generateSpanId() : preset;
  }

  @Override
  public String generateTraceId() {
    String preset = nextTrace;
    nextTrace = null;
    return preset == null ? random.generateTraceId() : preset;
  }
}
