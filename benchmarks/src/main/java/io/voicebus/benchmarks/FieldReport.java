package io.voicebus.benchmarks;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All that {@code bench field} has measured: as tables, as JSON, and as plots. */
final class FieldReport {
  private final Map<FieldService, List<FieldSample>> services = new LinkedHashMap<>();
  private final List<FieldLoad> loads = new ArrayList<>();
  private final Map<LoadFlow, Double> liveKib = new LinkedHashMap<>();
  private final Map<LoadFlow, Long> peakMib = new LinkedHashMap<>();
  private JsonArray kill = new JsonArray();

  void add(FieldService service, List<FieldSample> samples) {
    services.put(service, samples);
  }

  void add(FieldLoad load) {
    loads.add(load);
  }

  void memory(LoadFlow flow, double liveKibPerTurn, long peak) {
    liveKib.put(flow, liveKibPerTurn);
    peakMib.put(flow, peak);
  }

  void kill(JsonArray rows) {
    kill = rows;
  }

  private static FieldSample sample(List<FieldSample> samples, LoadFlow flow) {
    return samples.stream().filter(one -> one.flow() == flow).findFirst().orElseThrow();
  }

  private static double ratio(List<FieldSample> samples, LoadFlow flow, LoadFlow base) {
    return sample(samples, flow).onsetMs().median() / sample(samples, base).onsetMs().median();
  }

  /** What a noisy machine cannot change, and is not so; empty if all is well. */
  List<String> broken(double mostOfSequential, double mostOfRelay) {
    List<String> broken = new ArrayList<>();
    services.forEach(
        (service, samples) -> {
          Map<LoadFlow, Double> bounds =
              Map.of(LoadFlow.SEQUENTIAL, mostOfSequential, LoadFlow.RELAY, mostOfRelay);
          bounds.forEach(
              (base, most) -> {
                double ratio = ratio(samples, LoadFlow.CLAUSES, base);
                if (!(ratio <= most)) {
                  broken.add(
                      "with %s, Voicebus is first heard after %s of the time of the %s: more than %s"
                          .formatted(
                              service.name(),
                              Table.figure(2, ratio),
                              FieldSample.label(base),
                              Table.figure(2, most)));
                }
              });
        });
    return broken;
  }

  String published() {
    Table table = new Table("as published", "first byte, ms", "first token to first audio, ms");
    for (FieldService service : services.keySet()) {
      table.row(
          service.name(),
          Integer.toString(service.firstByteMs()),
          Table.figure(0, service.toSpeechMs()));
    }
    return table.toString();
  }

  String onsets() {
    Table table =
        new Table(
            "voice as slow as",
            "flow",
            "heard after, ms",
            "p95",
            "of the sequential flow's",
            "first token to first audio, mean",
            "viability",
            "turns without a gap",
            "silence a turn, ms");
    services.forEach(
        (service, samples) -> {
          for (FieldSample sample : samples) {
            table.row(
                service.name(),
                FieldSample.label(sample.flow()),
                Table.figure(0, sample.onsetMs().median()),
                Table.figure(0, sample.onsetMs().quantile(0.95)),
                Table.figure(2, ratio(samples, sample.flow(), LoadFlow.SEQUENTIAL)),
                Table.figure(0, sample.meanToSpeechMs()),
                Table.percent(sample.viability()),
                Table.percent(sample.unbroken()),
                Table.figure(0, sample.meanSilenceMs()));
          }
        });
    return table.toString();
  }

  String loads() {
    Table table =
        new Table(
            "questions a second",
            "flow",
            "at once, most",
            "heard after, ms",
            "p95",
            "viability",
            "turns without a gap",
            "CPU a turn, ms",
            "turns in real time a core",
            "cores used",
            "memory, MiB");
    for (FieldLoad load : loads) {
      FieldSample sample = load.sample();
      table.row(
          Table.figure(0, load.perSecond()),
          FieldSample.label(sample.flow()),
          Integer.toString(load.peakInFlight()),
          Table.figure(0, sample.onsetMs().median()),
          Table.figure(0, sample.onsetMs().quantile(0.95)),
          Table.percent(sample.viability()),
          Table.percent(sample.unbroken()),
          Table.figure(1, load.cpuMsPerTurn()),
          Table.figure(0, load.turnsPerCore()),
          Table.figure(2, load.cores()),
          Long.toString(load.residentMib()));
    }
    return table.toString();
  }

  String memory() {
    Table table = new Table("process", "live heap a turn under way, KiB", "peak memory, MiB");
    liveKib.forEach(
        (flow, kib) ->
            table.row(
                FieldSample.label(flow),
                Table.figure(0, kib),
                Long.toString(peakMib.getOrDefault(flow, -1L))));
    return table.toString();
  }

  JsonObject json() {
    JsonArray all = new JsonArray();
    services.forEach(
        (service, samples) -> {
          JsonArray flows = new JsonArray();
          samples.forEach(sample -> flows.add(sample.json()));
          all.add(
              new JsonObject()
                  .put("service", service.name())
                  .put("published_first_byte_ms", service.firstByteMs())
                  .put("published_first_token_to_speech_ms", service.toSpeechMs())
                  .put("flows", flows));
        });
    JsonArray rates = new JsonArray();
    loads.forEach(load -> rates.add(load.json()));
    JsonObject memory = new JsonObject();
    liveKib.forEach(
        (flow, kib) ->
            memory.put(
                FieldSample.label(flow),
                new JsonObject()
                    .put("live_heap_kib_per_turn", kib)
                    .put("peak_mib", peakMib.getOrDefault(flow, -1L))));
    return new JsonObject()
        .put("source", FieldService.SOURCE)
        .put("source_date", FieldService.DATE)
        .put("services", all)
        .put("load", rates)
        .put("memory", memory)
        .put("kill", kill);
  }

  /** Writes {@code field-onset.svg}, {@code field-load.svg} and {@code field-cores.svg}. */
  void plot(Path folder) throws IOException {
    Files.createDirectories(folder);
    List<LoadFlow> flows = List.of(LoadFlow.CLAUSES, LoadFlow.RELAY, LoadFlow.SEQUENTIAL);
    List<String> names = flows.stream().map(FieldSample::label).toList();
    BarChart onset =
        new BarChart(
            "From the question to the first audible sound (median, emulated)", "ms", names);
    services.forEach(
        (service, samples) ->
            onset.add(
                service.name(),
                flows.stream().map(flow -> sample(samples, flow).onsetMs().median()).toList()));
    Files.writeString(folder.resolve("field-onset.svg"), onset.svg());
    BarChart late =
        new BarChart("The same when questions come in bursts (95th percentile)", "ms", names);
    BarChart cores = new BarChart("Turns in real time that one core serves", "turns", names);
    loads.stream()
        .map(FieldLoad::perSecond)
        .distinct()
        .forEach(
            rate -> {
              String group = Table.figure(0, rate) + " questions a second";
              late.add(
                  group,
                  flows.stream()
                      .map(flow -> load(rate, flow).mapToDouble(FieldReport::p95).sum())
                      .toList());
              cores.add(
                  group,
                  flows.stream()
                      .map(flow -> load(rate, flow).mapToDouble(FieldLoad::turnsPerCore).sum())
                      .toList());
            });
    Files.writeString(folder.resolve("field-load.svg"), late.svg());
    Files.writeString(folder.resolve("field-cores.svg"), cores.svg());
  }

  private static double p95(FieldLoad load) {
    return load.sample().onsetMs().quantile(0.95);
  }

  private Stream<FieldLoad> load(double rate, LoadFlow flow) {
    return loads.stream().filter(load -> load.perSecond() == rate && load.sample().flow() == flow);
  }
}
