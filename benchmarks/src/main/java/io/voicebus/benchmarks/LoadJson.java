package io.voicebus.benchmarks;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** The figures as JSON: what the table says, with each turn's own. */
final class LoadJson {
  private LoadJson() {}

  static JsonArray of(List<LoadLevel> levels) {
    JsonArray json = new JsonArray();
    levels.forEach(level -> json.add(level(level)));
    return json;
  }

  private static JsonObject level(LoadLevel level) {
    JsonObject flows = new JsonObject();
    for (LoadFlow flow : LoadFlow.values()) {
      flows.put(flow.word(), flow(level, flow));
    }
    JsonObject steps = new JsonObject();
    for (LoadStep step : LoadStep.values()) {
      steps.put(
          step.words(),
          new JsonObject()
              .put("voicebus_ms", step.of(level, LoadFlow.VOICEBUS).json())
              .put("relay_ms", step.of(level, LoadFlow.RELAY).json())
              .put("difference_ms", step.difference(level).json()));
    }
    steps.put("chunk made to job taken", level.step(LoadFlow.VOICEBUS, LoadTrace::taken).json());
    steps.put("job taken to voice's frame", level.step(LoadFlow.VOICEBUS, LoadTrace::voice).json());
    return new JsonObject()
        .put("at_once", level.concurrency())
        .put("machine_load", level.machineLoad().json())
        .put("overhead_ms", LoadReport.firstAudio(level, LoadFlow.VOICEBUS, LoadFlow.RELAY).json())
        .put("whole_ratio", LoadReport.wholeRatio(level).json())
        .put(
            "sequential_less_voicebus_ms",
            LoadReport.firstAudio(level, LoadFlow.SEQUENTIAL, LoadFlow.VOICEBUS).json())
        .put(
            "clauses_gain_ms",
            LoadReport.firstAudio(level, LoadFlow.VOICEBUS, LoadFlow.CLAUSES).json())
        .put("steps", steps)
        .put("flows", flows);
  }

  private static JsonObject flow(LoadLevel level, LoadFlow flow) {
    JsonArray rounds = new JsonArray();
    for (LoadCost cost : level.costs(flow)) {
      rounds.add(
          new JsonObject()
              .put("turns", cost.turns())
              .put("wall_ms", cost.wallNanos() / 1e6)
              .put("cpu_ms_per_turn", cost.cpuMsPerTurn())
              .put("own_cpu_ms_per_turn", cost.ownCpuMsPerTurn())
              .put("allocated_kib_per_turn", cost.allocatedKiBPerTurn())
              .put("cores", cost.serverCores())
              .put("emulator_cores", cost.emulatorCores())
              .put("mean_in_flight", cost.meanInFlight())
              .put("peak_in_flight", cost.peak()));
    }
    JsonArray turns = new JsonArray();
    for (LoadTurn turn : level.turns(flow)) {
      turns.add(
          new JsonArray()
              .add(turn.round())
              .add(turn.question())
              .add(turn.floorMs())
              .add(turn.firstMs())
              .add(turn.wholeMs())
              .add(turn.trace() == null ? null : turn.trace().json()));
    }
    JsonObject json =
        new JsonObject()
            .put("first_audio_ms", level.figure(flow, LoadTurn::firstMs).json())
            .put(
                "past_floor_ms", level.figure(flow, turn -> turn.firstMs() - turn.floorMs()).json())
            .put("whole_ms", level.figure(flow, LoadTurn::wholeMs).json())
            .put("rounds", rounds)
            .put("turns", turns);
    double heap = level.heapKiBPerTurn(flow);
    return Double.isNaN(heap) ? json : json.put("live_heap_kib_per_turn", heap);
  }
}
