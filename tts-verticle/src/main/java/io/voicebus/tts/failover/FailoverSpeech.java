package io.voicebus.tts.failover;

import io.voicebus.bus.Clock;
import io.voicebus.bus.FailureKind;
import io.voicebus.tts.engine.Speech;
import io.voicebus.tts.engine.SpeechSink;
import io.voicebus.tts.engine.Utterance;
import io.voicebus.tts.time.Delays;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One utterance on its way through the engines. Its state has one lock; engines are started and
 * cancelled outside of it, since they may be calling at the same time. Thread-safe.
 */
final class FailoverSpeech implements Speech {
  final TurnVoices turns;
  final Utterance utterance;
  final FailoverSettings settings;
  final Clock clock;
  private final Delays delays;
  private final Runnable onMore;
  final SpeechSink sink;
  final LockedSteps steps = new LockedSteps();
  final ArrayDeque<FailoverEngine.Candidate> candidates;

  /** The engine that speaks where all are well. */
  final String preferred;

  final List<FailoverRun> runs = new ArrayList<>();
  final FailureReasons reasons = new FailureReasons();
  @Nullable FailoverRun winner;
  boolean over;

  /**
   * @param preferred the engine that speaks where all are well
   * @param candidates in the order in which they are to be tried
   * @param onMore told when an engine has it that may not speak
   */
  FailoverSpeech(
      TurnVoices turns,
      Utterance utterance,
      String preferred,
      List<FailoverEngine.Candidate> candidates,
      FailoverSettings settings,
      Clock clock,
      Delays delays,
      Runnable onMore,
      SpeechSink sink) {
    this.turns = turns;
    this.utterance = utterance;
    this.preferred = preferred;
    this.candidates = new ArrayDeque<>(candidates);
    this.settings = settings;
    this.clock = clock;
    this.delays = delays;
    this.onMore = onMore;
    this.sink = sink;
  }

  void begin() {
    steps.run(this::next);
  }

  @Override
  public void cancel() {
    steps.run(
        () -> {
          if (!over) {
            finish();
          }
        });
  }

  void after(Duration delay, Runnable step) {
    steps.later(() -> delays.after(delay, () -> steps.run(step)));
  }

  /** Starts the next engine that is well; if none is, the next one. */
  void next() {
    FailoverEngine.Candidate chosen = null;
    for (FailoverEngine.Candidate candidate : candidates) {
      if (lets(candidate)) {
        chosen = candidate;
        break;
      }
    }
    if (chosen == null) {
      chosen = candidates.poll();
    } else {
      candidates.remove(chosen);
    }
    if (chosen != null) {
      start(chosen, clock.nanoTime());
    } else if (runs.isEmpty()) {
      turns.forget(utterance.place());
      finish();
      sink.fail(reasons.kind(FailureKind.UNAVAILABLE), reasons.details());
    }
  }

  /**
   * The engine that speaks the turn is tried even where it is left alone; and a turn's later chunks
   * go to the engine at which the first one is tried, be that a probe.
   */
  boolean lets(FailoverEngine.Candidate candidate) {
    boolean follows = turns.engine(utterance.place()).equals(candidate.name());
    return isDecided(candidate)
        || (follows && !candidate.health().leftAlone())
        || candidate.health().lets();
  }

  /** Whether it is known that this one speaks the turn. */
  boolean isDecided(FailoverEngine.Candidate candidate) {
    return turns.decided(utterance.place(), candidate.name());
  }

  /**
   * Starts an engine.
   *
   * @param triedSince when this utterance was first given to it
   */
  void start(FailoverEngine.Candidate candidate, long triedSince) {
    if (!hedging()) {
      turns.begins(utterance.place(), candidate.name());
    }
    FailoverRun run = new FailoverRun(this, candidate, triedSince);
    runs.add(run);
    steps.later(run::speak);
    if (!candidate.health().speaks()) {
      steps.later(onMore);
    }
  }

  /**
   * Work on a turn's first chunk has begun: if it takes longer than usual, another engine tries as
   * well.
   */
  void hedge(FailoverRun run) {
    OptionalLong usual = run.health.slowestUsualNanos();
    boolean open = utterance.first() && !isDecided(run.candidate) && !candidates.isEmpty();
    if (settings.hedge() && open && usual.isPresent()) {
      after(
          Duration.ofNanos(usual.getAsLong()),
          () -> {
            boolean alone = !over && winner == null && runs.size() == 1;
            if (alone && run.isLate(usual.getAsLong())) {
              next();
            }
          });
    }
  }

  private boolean hedging() {
    return !runs.isEmpty();
  }

  void finish() {
    over = true;
    for (FailoverRun run : List.copyOf(runs)) {
      run.drop();
    }
  }
}
