package io.voicebus.telemetry;

import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.trace.IdGenerator;
import java.util.Map;
import java.util.function.Function;

/**
 * OpenTelemetry's SDK as its environment variables set it up ({@code OTEL_…}), which sends traces
 * by OTLP over HTTP.
 */
public final class TraceExport {
  private TraceExport() {}

  /**
   * How to make it, when there is a first trace.
   *
   * @param endpoint where the collector is, like {@code http://127.0.0.1:4318}
   * @param instance names this process among those of its service
   */
  public static Function<IdGenerator, OpenTelemetrySdk> to(
      String endpoint, String instance, String version) {
    return ids ->
        AutoConfiguredOpenTelemetrySdk.builder()
            .addPropertiesSupplier(
                () ->
                    Map.of(
                        "otel.service.name",
                        "voicebus",
                        "otel.resource.attributes",
                        "service.instance.id=" + instance + ",service.version=" + version,
                        "otel.exporter.otlp.protocol",
                        "http/protobuf",
                        // Figures are Prometheus', and the log is the log.
                        "otel.metrics.exporter",
                        "none",
                        "otel.logs.exporter",
                        "none"))
            .addPropertiesCustomizer(read -> Map.of("otel.exporter.otlp.endpoint", endpoint))
            .addTracerProviderCustomizer((builder, read) -> builder.setIdGenerator(ids))
            .disableShutdownHook()
            .build()
            .getOpenTelemetrySdk();
  }
}
