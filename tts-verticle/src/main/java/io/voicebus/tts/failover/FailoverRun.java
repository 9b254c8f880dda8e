package io.voicebus.tts.failover;

import io.voicebus.bus.Clock;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.LateTimers;
import io.voicebus.contract.Pace;
import io.voicebus.contract.SpeechNotice;
import io.voicebus.tts.engine.Speech;
import io.voicebus.tts.engine.SpeechSink;
import io.voicebus.tts.engine.Utterance;
import io.voicebus.tts.time.SignOfLife;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The attempt of one engine at an utterance of a {@link FailoverSpeech}, whose lock it uses.
 * Thread-safe.
 */
final class FailoverRun implements SpeechSink {
  private static final Logger LOG = LoggerFactory.getLogger(FailoverSpeech.class);

  private final FailoverSpeech all;
  private final TurnVoices turns;
  private final Utterance utterance;
  private final Patience patience;
  private final Clock clock;
  private final SpeechSink sink;
  final EngineHealth health;
  final FailoverEngine.Candidate candidate;
  private final long triedSince;
  private final HeldFrames held = new HeldFrames();
  private final SignOfLife life = new SignOfLife();
  private final SilentTime silence = new SilentTime();

  /** When the engine got the utterance, or resumed work on it. */
  private long startedAt;

  boolean live = true;
  private boolean fromCache;

  /** Whether the utterance left an engine that produced no sound for any utterance. */
  private boolean unanswered;

  /** Whether its service asks for a longer pause than an utterance waits. */
  private boolean away;

  private int rateHz;
  private @Nullable Speech speech;

  FailoverRun(FailoverSpeech all, FailoverEngine.Candidate candidate, long triedSince) {
    this.all = all;
    this.turns = all.turns;
    this.utterance = all.utterance;
    this.patience = new Patience(all.settings.patience());
    this.clock = all.clock;
    this.sink = all.sink;
    this.startedAt = clock.nanoTime();
    this.candidate = candidate;
    this.health = candidate.health();
    this.triedSince = triedSince;
    health.given();
  }

  void speak() {
    all.steps.run(() -> watch(patience.look(health.usualNanos())));
    try {
      Speech begun = health.engine().ask(utterance.withVoice(candidate.voice()), this);
      all.steps.run(
          () -> {
            speech = begun;
            if (!live) {
              all.steps.later(begun::cancel);
            }
          });
    } catch (RuntimeException e) {
      LOG.error("the engine {} threw", health.name(), e);
      fail(FailureKind.INTERNAL, "it broke: " + e);
    }
  }

  /**
   * Checks the engine regularly while another one could speak: whether it works, and whether it
   * waits.
   */
  private void watch(Duration next) {
    long due = clock.nanoTime() + next.toNanos();
    all.after(
        next,
        () -> {
          boolean others = !all.candidates.isEmpty() || all.runs.size() > 1;
          if (live && others) {
            watch(LateTimers.late(clock, due) ? longestSilence() : looked(clock.nanoTime()));
          }
        });
  }

  /** Fails the attempt if its time is up; returns the time until the next check. */
  private Duration looked(long now) {
    Duration look = patience.look(health.usualNanos());
    if (mayWait(now)) {
      return look;
    }
    if (silence.running()) {
      Duration left = longestSilence().minusNanos(silence.nanos(now));
      if (left.compareTo(Duration.ZERO) > 0) {
        return left;
      }
      failed(FailureKind.TIMEOUT, "it fell silent");
    } else if (all.winner == null && health.deafNanos(now) >= longestDeafness().toNanos()) {
      unanswered = true;
      failed(FailureKind.RATE_LIMITED, "it speaks for nobody");
    }
    return look;
  }

  /** How long the engine may work without a sound. */
  private Duration longestSilence() {
    return patience.withSilence(health.usualNanos());
  }

  /**
   * Whether the audio is due so late that the turn's engine may recover until then: a turn changes
   * its voice only if it must.
   */
  private boolean mayWait(long now) {
    long leftMs = utterance.dueInMs() - Duration.ofNanos(now - triedSince).toMillis();
    return utterance.place().pace() == Pace.REALTIME
        && all.isDecided(candidate)
        && patience.isBefore(leftMs);
  }

  /**
   * How long the engine may produce no sound for any utterance before those that wait there leave
   * it. If the utterance under way fails, the others cannot succeed; a turn without a voice loses
   * none.
   */
  private Duration longestDeafness() {
    boolean leaves = health.failedMeanwhile() || !all.isDecided(candidate);
    return patience.withDeafness(health.usualNanos(), leaves);
  }

  @Override
  public void working() {
    all.steps.run(
        () -> {
          if (live) {
            if (!silence.running()) {
              startedAt = clock.nanoTime();
              silence.start(startedAt);
              all.hedge(this);
            }
            sink.working();
          }
        });
  }

  /** Whether the engine has worked for so long without a sound. */
  boolean isLate(long nanos) {
    return live && silence.running() && clock.nanoTime() - startedAt >= nanos;
  }

  /** A wait for room is no silence, but is limited, too. */
  @Override
  public void waits(long atLeastMs, String why) {
    all.steps.run(
        () -> {
          if (live) {
            silence.stop(clock.nanoTime());
            sink.waits(atLeastMs, why);
            if (!patience.allowsWait(atLeastMs)
                && !all.candidates.isEmpty()
                && all.winner == null) {
              away = true;
              failed(FailureKind.RATE_LIMITED, "it wants to be left alone for a while");
            }
          }
        });
  }

  @Override
  public void asked(int chars) {
    sink.asked(chars);
  }

  @Override
  public void notice(SpeechNotice.Kind kind, String detail) {
    all.steps.run(
        () -> {
          if (live) {
            sink.notice(kind, detail);
          }
        });
  }

  @Override
  public void saved() {
    all.steps.run(() -> fromCache = true);
  }

  @Override
  public void format(int hz) {
    all.steps.run(() -> rateHz = hz);
  }

  @Override
  public void frame(byte[] pcm, int spokenChars, int wordSamples) {
    all.steps.run(
        () -> {
          if (!live) {
            return;
          }
          if (pcm.length % 2 != 0) {
            failed(FailureKind.INTERNAL, "it gave half a sample");
            return;
          }
          if (life.shownBy(pcm.length, longestSilence())) {
            silence.sound(clock.nanoTime());
          }
          if (!fromCache) {
            health.heard();
          }
          if (all.winner == null && all.runs.size() > 1 && !HeldFrames.isAudible(pcm)) {
            held.add(pcm, spokenChars, wordSamples);
            return;
          }
          if (all.winner == null && movesToTheTurnsVoice()) {
            return;
          }
          win();
          sink.frame(pcm, spokenChars, wordSamples);
        });
  }

  /**
   * Moves the utterance to the engine that speaks the turn by now, if nothing of the utterance was
   * heard.
   */
  private boolean movesToTheTurnsVoice() {
    String voice = turns.engine(utterance.place());
    if (all.runs.size() > 1 || !turns.left(utterance.place(), candidate.name())) {
      return false;
    }
    for (FailoverEngine.Candidate other : all.candidates) {
      if (other.name().equals(voice) && other.health().well()) {
        drop();
        all.candidates.remove(other);
        all.start(other, clock.nanoTime());
        return true;
      }
    }
    return false;
  }

  private void win() {
    if (all.winner == null) {
      all.winner = this;
      if (!fromCache) {
        health.sounded(clock.nanoTime() - startedAt);
      }
      for (FailoverRun other : List.copyOf(all.runs)) {
        if (other != this) {
          other.drop();
        }
      }
      turns.sounds(utterance.place(), candidate.name());
      sink.spokenBy(health.engine(), candidate.voice());
      tellTheChange();
      if (rateHz > 0) {
        sink.format(rateHz);
      }
      if (fromCache) {
        sink.saved();
      }
      held.release(sink);
    }
  }

  /** The listener hears another voice than the one that was to speak, and is told why. */
  private void tellTheChange() {
    if (!candidate.name().equals(all.preferred)) {
      String why = all.reasons.details();
      sink.notice(
          SpeechNotice.Kind.ENGINE,
          candidate.name()
              + " speaks in place of "
              + all.preferred
              + (why.isEmpty() ? ", which was slow or has failed before" : ": " + why));
    }
  }

  @Override
  public void end() {
    all.steps.run(
        () -> {
          if (live) {
            win();
            did();
            gone();
            all.finish();
            sink.end();
          }
        });
  }

  /**
   * The engine has spoken. Speech from the cache does not count: it shows nothing about the engine.
   */
  private void did() {
    if (fromCache) {
      health.unknown();
    } else {
      health.succeeded();
    }
  }

  @Override
  public void fail(FailureKind kind, String detail) {
    all.steps.run(() -> failed(kind, detail));
  }

  private void failed(FailureKind kind, String detail) {
    if (!live) {
      return;
    }
    gone();
    stop();
    health.failed(kind);
    boolean sounded = all.winner == this;
    long triedFor = clock.nanoTime() - triedSince;
    boolean soon = patience.allowsRetry(triedFor);
    boolean again =
        kind.retryable()
            && (mayWait(clock.nanoTime())
                || (soon && kind != FailureKind.TIMEOUT && !unanswered && !away));
    boolean worth = health.well() || all.isDecided(candidate);
    String reason = health.name() + ": " + detail;
    if (!sounded && again && worth && all.runs.isEmpty()) {
      retry(kind, reason, patience.beforeRetry(triedFor));
      return;
    }
    all.reasons.add(kind, reason);
    if (sounded) {
      brokenOff(kind);
    } else if (lacksTheNamedVoice(kind)) {
      turns.forget(utterance.place());
      all.finish();
      sink.fail(kind, reason);
    } else {
      leave();
      if (all.runs.isEmpty()) {
        all.next();
      }
    }
  }

  /**
   * Whether the caller has named a voice that its engine does not have. No other engine can have
   * that voice, so the chunk fails, unless the turn was heard before.
   */
  private boolean lacksTheNamedVoice(FailureKind kind) {
    return kind == FailureKind.NOT_FOUND
        && !candidate.voice().isEmpty()
        && !turns.heard(utterance.place());
  }

  /** The same engine tries the rest once more; only then does the next one take over. */
  private void brokenOff(FailureKind kind) {
    boolean same = kind.retryable() && turns.broken(utterance.place()) == 1;
    boolean others = !all.candidates.isEmpty();
    all.finish();
    if (others && !same) {
      leave();
    }
    if (others || same) {
      sink.fail(
          FailureKind.CANCELLED,
          (same ? "the same" : "another")
              + " engine goes on, since in mid-sentence "
              + all.reasons.details());
    } else {
      turns.forget(utterance.place());
      // A reason that may pass takes precedence over one that stays.
      sink.fail(all.reasons.kind(kind), all.reasons.details());
    }
  }

  private void leave() {
    if (!all.candidates.isEmpty()) {
      String next = all.candidates.getFirst().name();
      turns.leaves(utterance.place(), health.name(), next);
      LOG.info(
          "chunk {} of turn {} goes on with {}: {}",
          utterance.chunk(),
          utterance.turn(),
          next,
          all.reasons.details());
    }
  }

  private void retry(FailureKind kind, String reason, Duration after) {
    all.after(
        after,
        () -> {
          if (!all.over && all.runs.isEmpty()) {
            if (all.lets(candidate)) {
              all.start(candidate, triedSince);
            } else {
              all.reasons.add(kind, reason);
              leave();
              all.next();
            }
          }
        });
  }

  /** Stops, since another engine speaks, or the utterance was cancelled. */
  void drop() {
    if (live) {
      gone();
      if (all.winner == this) {
        did();
      } else {
        health.unknown();
      }
      stop();
    }
  }

  private void gone() {
    live = false;
    all.runs.remove(this);
    health.over(unanswered);
  }

  private void stop() {
    if (speech != null) {
      all.steps.later(speech::cancel);
    }
  }
}
