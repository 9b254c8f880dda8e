package io.voicebus.tts.failover;

import io.voicebus.bus.Clock;
import io.voicebus.bus.FailureKind;
import io.voicebus.contract.SpeechNotice;
import io.voicebus.tts.engine.Speech;
import io.voicebus.tts.engine.SpeechSink;
import io.voicebus.tts.engine.Utterance;
import io.voicebus.tts.time.LateTimers;
import io.voicebus.tts.time.SignOfLife;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One engine at an utterance of a {@link FailoverSpeech}, which has its lock. Thread-safe. */
final class FailoverRun implements SpeechSink {
  private static final Logger LOG = LoggerFactory.getLogger(FailoverSpeech.class);

  /** Before an engine that failed is asked again, while there is patience. */
  private static final Duration RETRY = Duration.ofMillis(200);

  /** Who has to wait longer than so many times the patience, goes to the next one. */
  private static final int LONG_WAIT = 5;

  /** So many times the usual time without a sound: by then it was asked for once more. */
  private static final int USUAL_TIMES = 4;

  /** But never longer than so many times what is set. */
  private static final int MOST_USUAL = 4;

  /** Of 16 bits: below is silence, which wins no race. */
  private static final int AUDIBLE = 256;

  /** Handed over, never compared. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Held(byte[] pcm, int spokenChars, int wordSamples) {}

  private final FailoverSpeech all;
  private final TurnVoices turns;
  private final Utterance utterance;
  private final FailoverSettings settings;
  private final Clock clock;
  private final SpeechSink sink;
  private final EngineHealth health;
  private final FailoverEngine.Candidate candidate;
  private final long triedSince;
  private final List<Held> held = new ArrayList<>();
  private final SignOfLife life = new SignOfLife();
  private long startedAt;
  private long heardAt;
  boolean live = true;

  /** Whether anybody is at it, and whether that is watched. */
  private boolean working;

  private boolean watched;
  private boolean fromCache;
  private int rateHz;
  private @Nullable Speech speech;

  FailoverRun(FailoverSpeech all, FailoverEngine.Candidate candidate, long triedSince) {
    this.all = all;
    this.turns = all.turns;
    this.utterance = all.utterance;
    this.settings = all.settings;
    this.clock = all.clock;
    this.sink = all.sink;
    this.startedAt = clock.nanoTime();
    this.heardAt = startedAt;
    this.candidate = candidate;
    this.health = candidate.health();
    this.triedSince = triedSince;
  }

  void speak() {
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
      fail(FailureKind.INTERNAL, "it broke: " + e.getClass().getSimpleName());
    }
  }

  /** Who is slow is not silent: then the usual time counts. */
  private Duration patience() {
    long usual = USUAL_TIMES * health.usualNanos().orElse(0);
    long set = settings.patience().toNanos();
    return Duration.ofNanos(Math.max(set, Math.min(usual, MOST_USUAL * set)));
  }

  private void watch(Duration patience) {
    watched = true;
    long due = clock.nanoTime() + patience.toNanos();
    all.after(
        patience,
        () -> {
          watched = false;
          if (live && LateTimers.late(clock, due)) {
            watch(patience());
            return;
          }
          long silent = clock.nanoTime() - heardAt;
          long most = patience().toNanos();
          if (!live || !working) {
            return;
          }
          if (silent < most) {
            watch(Duration.ofNanos(most - silent));
          } else if (!all.candidates.isEmpty() || all.runs.size() > 1) {
            failed(FailureKind.TIMEOUT, "it fell silent");
          }
        });
  }

  @Override
  public void working() {
    all.steps.run(
        () -> {
          if (live) {
            if (!working) {
              startedAt = clock.nanoTime();
            }
            heardAt = clock.nanoTime();
            working = true;
            if (!watched) {
              watch(patience());
            }
            sink.working();
          }
        });
  }

  /** To wait for room is not to be silent; but nobody is kept waiting for long. */
  @Override
  public void waits(long atLeastMs) {
    all.steps.run(
        () -> {
          if (live) {
            working = false;
            sink.waits(atLeastMs);
            long most = LONG_WAIT * settings.patience().toMillis();
            if (atLeastMs > most && !all.candidates.isEmpty() && all.winner == null) {
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
          if (life.shownBy(pcm.length, patience())) {
            heardAt = clock.nanoTime();
          }
          if (all.winner == null && all.runs.size() > 1 && !audible(pcm)) {
            held.add(new Held(pcm, spokenChars, wordSamples));
            return;
          }
          if (all.winner == null && movesToTheTurnsVoice()) {
            return;
          }
          win();
          sink.frame(pcm, spokenChars, wordSamples);
        });
  }

  /** The turn has gone to another engine before anything of this was heard: so does this. */
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
      if (rateHz > 0) {
        sink.format(rateHz);
      }
      if (fromCache) {
        sink.saved();
      }
      held.forEach(one -> sink.frame(one.pcm(), one.spokenChars(), one.wordSamples()));
      held.clear();
    }
  }

  @Override
  public void end() {
    all.steps.run(
        () -> {
          if (live) {
            win();
            health.succeeded();
            live = false;
            all.runs.remove(this);
            all.finish();
            sink.end();
          }
        });
  }

  @Override
  public void fail(FailureKind kind, String detail) {
    all.steps.run(() -> failed(kind, detail));
  }

  private void failed(FailureKind kind, String detail) {
    if (!live) {
      return;
    }
    live = false;
    all.runs.remove(this);
    stop();
    health.failed(kind);
    boolean sounded = all.winner == this;
    long triedFor = clock.nanoTime() - triedSince;
    boolean again =
        kind.retryable()
            && kind != FailureKind.TIMEOUT
            && triedFor + RETRY.toNanos() < settings.patience().toNanos();
    boolean worth = health.well() || all.isDecided(candidate);
    if (!sounded && again && worth && all.runs.isEmpty()) {
      retry();
      return;
    }
    all.reasons.add(kind, health.name() + ": " + detail);
    if (sounded) {
      brokenOff(kind);
    } else {
      leave();
      if (all.runs.isEmpty()) {
        all.next();
      }
    }
  }

  /** The rest is tried once more with the same engine; only then does the next one take over. */
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
      // What may pass goes before what stays.
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

  private void retry() {
    all.after(
        RETRY,
        () -> {
          if (!all.over && all.runs.isEmpty()) {
            if (all.lets(candidate)) {
              all.start(candidate, triedSince);
            } else {
              leave();
              all.next();
            }
          }
        });
  }

  /** Somebody else speaks, or nobody any more. */
  void drop() {
    if (live) {
      live = false;
      all.runs.remove(this);
      if (all.winner == this) {
        health.succeeded();
      } else {
        health.unknown();
      }
      stop();
    }
  }

  private void stop() {
    if (speech != null) {
      all.steps.later(speech::cancel);
    }
  }

  private static boolean audible(byte[] pcm) {
    for (int i = 0; i + 1 < pcm.length; i += 2) {
      if (Math.abs((pcm[i] & 0xff) | pcm[i + 1] << 8) >= AUDIBLE) {
        return true;
      }
    }
    return false;
  }
}
