package io.voicebus.benchmarks;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The figures of one flow's turns. */
record FieldSample(LoadFlow flow, List<FieldTurn> turns) {
  FieldSample {
    turns = List.copyOf(turns);
  }

  /** What the flow is called in tables and plots. */
  static String label(LoadFlow flow) {
    return switch (flow) {
      case CLAUSES -> "Voicebus";
      case VOICEBUS -> "Voicebus, sentences only";
      case RELAY -> "bare relay";
      case SEQUENTIAL -> "sequential";
    };
  }

  private LoadSample of(ToDoubleFunction<FieldTurn> figure) {
    return new LoadSample(turns.stream().map(figure::applyAsDouble).toList());
  }

  LoadSample onsetMs() {
    return of(turn -> turn.heard().onsetMs());
  }

  LoadSample firstByteMs() {
    return of(turn -> turn.heard().firstByteMs());
  }

  LoadSample wholeMs() {
    return of(FieldTurn::wholeMs);
  }

  /** The mean, since that is what was published. */
  double meanToSpeechMs() {
    return turns.stream().mapToDouble(FieldTurn::toSpeechMs).average().orElse(Double.NaN);
  }

  double meanSoundMs() {
    return turns.stream().mapToDouble(turn -> turn.heard().soundMs()).average().orElse(Double.NaN);
  }

  /** Share of the chunks that came before the sound ran out. */
  double viability() {
    double chunks = turns.stream().mapToInt(turn -> turn.heard().chunks()).sum();
    return turns.stream().mapToInt(turn -> turn.heard().inTime()).sum() / chunks;
  }

  /** Share of the turns that were heard without a gap. */
  double unbroken() {
    return (double) turns.stream().filter(turn -> turn.heard().unbroken()).count() / turns.size();
  }

  /** Of all turns, those without any included. */
  double meanSilenceMs() {
    return turns.stream()
        .mapToDouble(turn -> turn.heard().silenceMs())
        .average()
        .orElse(Double.NaN);
  }

  /** How often speech broke off in them, and went on in another attempt. */
  int resumed() {
    return turns.stream().mapToInt(FieldTurn::resumed).sum();
  }

  JsonObject json() {
    return new JsonObject()
        .put("flow", label(flow))
        .put("turns", turns.size())
        .put("onset_ms", onsetMs().json())
        .put("first_byte_ms", firstByteMs().json())
        .put("mean_first_token_to_speech_ms", meanToSpeechMs())
        .put("whole_ms", wholeMs().json())
        .put("streaming_viability", viability())
        .put("turns_without_a_gap", unbroken())
        .put("mean_silence_ms", meanSilenceMs())
        .put("resumed", resumed());
  }
}
