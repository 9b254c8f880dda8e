package io.voicebus.telemetry;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.voicebus.bus.BusCounter;
import io.voicebus.bus.Meter;
import io.voicebus.bus.Meters;
import io.voicebus.turn.CopyCounter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/** Shows a registry what the instances of this process count, and the JVM itself. */
final class ProcessFigures implements AutoCloseable {
  private record Series(Meter meter, List<String> labels) {}

  private final MeterRegistry registry;
  private final Meters meters;
  private final Set<Series> shown = new HashSet<>();
  private final JvmGcMetrics collector = new JvmGcMetrics();

  ProcessFigures(MeterRegistry registry, Meters meters) {
    this.registry = registry;
    this.meters = meters;
    collector.bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    for (BusCounter counter : BusCounter.values()) {
      FunctionCounter.builder("voicebus.bus.events", counter, BusCounter::value)
          .description("What has gone wrong on the bus.")
          .tag("event", counter.label())
          .register(registry);
    }
    for (CopyCounter counter : CopyCounter.values()) {
      FunctionCounter.builder("voicebus.turn.copies", counter, CopyCounter::value)
          .description("What became of the copies of turns that other nodes keep.")
          .tag("event", counter.name().toLowerCase(Locale.ROOT))
          .register(registry);
    }
  }

  /** Shows also the series that have come up since. */
  void refresh() {
    meters.read(
        (meter, labels, value) -> {
          if (shown.add(new Series(meter, labels))) {
            show(meter, tags(meter, labels), value);
          }
        });
  }

  private static List<Tag> tags(Meter meter, List<String> labels) {
    List<Tag> tags = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      tags.add(Tag.of(meter.labels().get(i), labels.get(i)));
    }
    return tags;
  }

  private void show(Meter meter, List<Tag> tags, LongAdder value) {
    switch (meter.kind()) {
      case COUNTER ->
          FunctionCounter.builder(meter.name(), value, LongAdder::sum)
              .description(meter.help())
              .tags(tags)
              .register(registry);
      case LEVEL ->
          Gauge.builder(meter.name(), value, LongAdder::sum)
              .description(meter.help())
              .tags(tags)
              .strongReference(true)
              .register(registry);
    }
  }

  @Override
  public void close() {
    collector.close();
  }
}
