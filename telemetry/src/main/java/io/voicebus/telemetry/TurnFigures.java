package io.voicebus.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import io.voicebus.contract.Characters;
import io.voicebus.turn.TurnEvent.Outcome;
import io.voicebus.turn.TurnSummary;
import io.voicebus.turn.TurnTimings;
import io.voicebus.turn.TurnTimings.Milestone;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/**
 * Counts turns that have ended, by what {@link TurnSummary} says of them. Labels are words of fixed
 * sets: outcomes, stages, kinds of failures, engines.
 */
final class TurnFigures {
  /** What people feel, from at once to given up. */
  private static final Duration[] FELT =
      millis(50, 100, 150, 200, 300, 400, 500, 750, 1000, 1500, 2000, 3000, 5000, 10_000, 30_000);

  private static final Duration[] SILENCES = millis(50, 100, 200, 500, 1000, 2000, 5000, 15_000);

  private final MeterRegistry registry;

  TurnFigures(MeterRegistry registry) {
    this.registry = registry;
    // Those that dashboards and alerts reckon with are there from the beginning: a rate begins with
    // a 0, and what happens seldom would else be in none when it happens first.
    for (String outcome : new String[] {"finished", "cancelled", "failed"}) {
      turns(outcome);
    }
    for (Stage stage : Stage.values()) {
      for (FailureKind kind : FailureKind.values()) {
        failures(stage, kind);
      }
      if (stage != Stage.OWNER) {
        stageTime(stage, word(Outcome.FINISHED));
        takeovers(stage);
      }
    }
    for (String kind : new String[] {"asked", "heard", "wasted", "saved"}) {
      characters(kind, 0);
    }
    retries();
    firstAudio();
    underruns(Stage.TEXT);
    underruns(Stage.SPEECH);
  }

  private static Duration[] millis(long... limits) {
    return Arrays.stream(limits).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
  }

  void ended(TurnSummary turn) {
    String outcome = word(turn.outcome());
    turns(outcome).increment();
    if (turn.outcome() == Outcome.FAILED && turn.failure() != null) {
      failures(turn.failure().stage(), turn.failure().kind()).increment();
    }
    times(turn.timings(), outcome);
    characters(turn.characters());
    chunks(turn);
    for (TurnSummary.TimedUnderrun one : turn.underruns()) {
      underruns(one.underrun().stage()).record(Duration.ofMillis(one.underrun().ms()));
    }
    turn.takeovers().forEach((stage, times) -> takeovers(stage).increment(times));
  }

  private Counter failures(Stage stage, FailureKind kind) {
    return counter(
        "voicebus.turn.failures",
        "Turns that failed, by the stage that could not go on.",
        "stage",
        word(stage),
        "kind",
        word(kind));
  }

  private Counter takeovers(Stage stage) {
    return counter(
        "voicebus.turn.takeovers",
        "Stages of turns that were taken over, since their node was lost.",
        "stage",
        word(stage));
  }

  private Counter retries() {
    return counter("voicebus.chunk.retries", "Further attempts at chunks.");
  }

  private void times(TurnTimings timings, String outcome) {
    if (timings.firstAudio() >= 0) {
      firstAudio().record(Duration.ofNanos(timings.firstAudio()));
    }
    stage(Stage.TEXT, outcome, 0, timings.firstDelta());
    stage(Stage.CHUNKER, outcome, timings.firstDelta(), timings.firstChunk());
    stage(Stage.SPEECH, outcome, timings.firstChunk(), timings.firstFrame());
    stage(Stage.PLAYBACK, outcome, timings.firstFrame(), timings.firstAudio());
    if (timings.nanos(Milestone.END) >= 0) {
      timer(
              "voicebus.turn",
              "How long turns took, until their last audio.",
              FELT,
              "outcome",
              outcome)
          .record(Duration.ofNanos(timings.end()));
    }
  }

  private void stage(Stage stage, String outcome, long from, long to) {
    if (from >= 0 && to >= from) {
      stageTime(stage, outcome).record(Duration.ofNanos(to - from));
    }
  }

  private Timer stageTime(Stage stage, String outcome) {
    return timer(
        "voicebus.stage",
        "A stage's share of the time to the first audio.",
        FELT,
        "stage",
        word(stage),
        "outcome",
        outcome);
  }

  private void characters(Characters characters) {
    characters("asked", characters.asked());
    characters("heard", characters.heard());
    characters("wasted", characters.wasted());
    characters("saved", characters.saved());
  }

  private void characters(String kind, long count) {
    counter(
            "voicebus.characters",
            "Characters of turns that have ended: asked for, heard, wasted, saved by the cache.",
            "kind",
            kind)
        .increment((double) count);
  }

  private void chunks(TurnSummary turn) {
    for (TurnSummary.Chunk chunk : turn.chunks()) {
      String engine = chunk.engine().isEmpty() ? "none" : chunk.engine();
      String outcome =
          chunk.skipped() != null ? "skipped" : chunk.spokenAt() >= 0 ? "spoken" : "dropped";
      chunks(outcome, engine).increment();
      if (chunk.attempts() > 1) {
        retries().increment(chunk.attempts() - 1);
      }
      if (chunk.waitNanos() >= 0) {
        timer("voicebus.chunk.wait", "How long chunks waited until a worker took them.", FELT)
            .record(Duration.ofNanos(chunk.waitNanos()));
      }
      if (chunk.firstFrameNanos() >= 0) {
        timer(
                "voicebus.speech.first.frame",
                "From a worker's taking of a chunk to the engine's first audio.",
                FELT,
                "engine",
                engine)
            .record(Duration.ofNanos(chunk.firstFrameNanos()));
      }
    }
    int untold = turn.chunkCount() - turn.chunks().size();
    if (untold > 0) {
      chunks("not-followed", "none").increment(untold);
    }
  }

  private Counter chunks(String outcome, String engine) {
    return counter(
        "voicebus.chunks",
        "Chunks of turns that have ended: spoken, skipped since they could not be, dropped with"
            + " their turn, or not followed in a turn that is very long.",
        "outcome",
        outcome,
        "engine",
        engine);
  }

  private Counter turns(String outcome) {
    return counter("voicebus.turns", "Turns that have ended.", "outcome", outcome);
  }

  private Timer firstAudio() {
    return timer(
        "voicebus.time.to.first.audio",
        "From a turn's acceptance until its first sample was handed to the listener; counted when"
            + " the turn ends.",
        FELT);
  }

  private Timer underruns(Stage owed) {
    return timer(
        "voicebus.underrun",
        "Silences within a turn's audio beyond its pauses, for a listener that plays it as it arrives, by"
            + " what was missing.",
        SILENCES,
        "cause",
        word(owed));
  }

  private Counter counter(String name, String help, String... labels) {
    return Counter.builder(name).description(help).tags(labels).register(registry);
  }

  private Timer timer(String name, String help, Duration[] limits, String... labels) {
    return Timer.builder(name)
        .description(help)
        .tags(labels)
        .serviceLevelObjectives(limits)
        .register(registry);
  }

  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
