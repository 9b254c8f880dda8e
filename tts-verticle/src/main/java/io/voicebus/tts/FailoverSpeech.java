package io.voicebus.tts;

import io.voicebus.bus.Clock;
import io.voicebus.bus.FailureKind;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One utterance on its way through a line of engines. Its state has one lock; engines are started
 * and cancelled outside of it, since they may be calling at the same time. Thread-safe.
 */
final class FailoverSpeech implements Speech {
  private static final Logger LOG = LoggerFactory.getLogger(FailoverSpeech.class);

  /** Before an engine that failed is asked again, while there is patience. */
  private static final Duration RETRY = Duration.ofMillis(200);

  /** Who has to wait longer than so many times the patience, goes to the next one. */
  private static final int LONG_WAIT = 5;

  /** Of 16 bits: below is silence, which wins no race. */
  private static final int AUDIBLE = 256;

  private final TurnVoices turns;
  private final Utterance utterance;
  private final FailoverSettings settings;
  private final Clock clock;
  private final Delays delays;
  private final SpeechSink sink;
  private final Object lock = new Object();
  private final ArrayDeque<Runnable> outside = new ArrayDeque<>();
  private final ArrayDeque<FailoverEngine.Candidate> candidates;
  private final List<Run> runs = new ArrayList<>();
  private final List<String> reasons = new ArrayList<>();
  private @Nullable FailureKind reason;
  private @Nullable Run winner;
  private boolean over;

  /**
   * @param candidates in the order in which they are to be tried
   */
  FailoverSpeech(
      TurnVoices turns,
      Utterance utterance,
      List<FailoverEngine.Candidate> candidates,
      FailoverSettings settings,
      Clock clock,
      Delays delays,
      SpeechSink sink) {
    this.turns = turns;
    this.utterance = utterance;
    this.candidates = new ArrayDeque<>(candidates);
    this.settings = settings;
    this.clock = clock;
    this.delays = delays;
    this.sink = sink;
  }

  void begin() {
    locked(this::next);
  }

  @Override
  public void cancel() {
    locked(
        () -> {
          if (!over) {
            finish();
          }
        });
  }

  /** Does something with the state, and then what it wants done outside of the lock. */
  private void locked(Runnable step) {
    synchronized (lock) {
      step.run();
    }
    while (!Thread.holdsLock(lock)) {
      Runnable next;
      synchronized (lock) {
        next = outside.poll();
      }
      if (next == null) {
        return;
      }
      next.run();
    }
  }

  private void after(Duration delay, Runnable step) {
    outside.add(() -> delays.after(delay, () -> locked(step)));
  }

  /** Starts the next engine that is well; if none is, the next one. */
  private void next() {
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
      turns.forget(utterance.turn());
      finish();
      sink.fail(reason == null ? FailureKind.UNAVAILABLE : reason, String.join("; ", reasons));
    }
  }

  /** A turn's later chunks go where the first one is tried, be that a probe. */
  private boolean lets(FailoverEngine.Candidate candidate) {
    boolean follows = turns.engine(utterance.turn()).equals(candidate.name());
    return (follows && !candidate.health().leftAlone()) || candidate.health().lets();
  }

  /**
   * Starts an engine.
   *
   * @param triedSince when this utterance was first given to it
   */
  private void start(FailoverEngine.Candidate candidate, long triedSince) {
    if (!hedging()) {
      turns.begins(utterance.turn(), candidate.name());
    }
    Run run = new Run(candidate, triedSince);
    runs.add(run);
    outside.add(run::speak);
    OptionalLong usual = candidate.health().slowestUsualNanos();
    if (settings.hedge() && utterance.first() && !candidates.isEmpty() && usual.isPresent()) {
      after(
          Duration.ofNanos(usual.getAsLong()),
          () -> {
            if (!over && winner == null && run.live && runs.size() == 1) {
              next();
            }
          });
    }
  }

  private boolean hedging() {
    return !runs.isEmpty();
  }

  private void finish() {
    over = true;
    for (Run run : List.copyOf(runs)) {
      run.drop();
    }
  }

  /** One engine at it. */
  private final class Run implements SpeechSink {
    /** Handed over, never compared. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Held(byte[] pcm, int spokenChars) {}

    private final EngineHealth health;
    private final FailoverEngine.Candidate candidate;
    private final long triedSince;
    private final List<Held> held = new ArrayList<>();
    private long startedAt = clock.nanoTime();
    private long heardAt = startedAt;
    private boolean live = true;

    /** Whether anybody is at it, and whether that is watched. */
    private boolean working;

    private boolean watched;
    private boolean fromCache;
    private int rateHz;
    private @Nullable Speech speech;

    Run(FailoverEngine.Candidate candidate, long triedSince) {
      this.candidate = candidate;
      this.health = candidate.health();
      this.triedSince = triedSince;
    }

    private void speak() {
      try {
        Speech begun = health.engine().ask(utterance.withVoice(candidate.voice()), this);
        locked(
            () -> {
              speech = begun;
              if (!live) {
                outside.add(begun::cancel);
              }
            });
      } catch (RuntimeException e) {
        fail(FailureKind.INTERNAL, "it broke: " + e.getClass().getSimpleName());
      }
    }

    private void watch(Duration patience) {
      watched = true;
      long due = clock.nanoTime() + patience.toNanos();
      after(
          patience,
          () -> {
            watched = false;
            if (live && LateTimers.late(clock, due)) {
              watch(settings.patience());
              return;
            }
            long silent = clock.nanoTime() - heardAt;
            long most = settings.patience().toNanos();
            if (!live || !working) {
              return;
            }
            if (silent < most) {
              watch(Duration.ofNanos(most - silent));
            } else if (!candidates.isEmpty() || runs.size() > 1) {
              failed(FailureKind.TIMEOUT, "it fell silent");
            }
          });
    }

    @Override
    public void working() {
      locked(
          () -> {
            if (live) {
              if (!working) {
                startedAt = clock.nanoTime();
              }
              heardAt = clock.nanoTime();
              working = true;
              if (!watched) {
                watch(settings.patience());
              }
              sink.working();
            }
          });
    }

    /** To wait for room is not to be silent; but nobody is kept waiting for long. */
    @Override
    public void waits(long atLeastMs) {
      locked(
          () -> {
            if (live) {
              working = false;
              sink.waits(atLeastMs);
              long most = LONG_WAIT * settings.patience().toMillis();
              if (atLeastMs > most && !candidates.isEmpty() && winner == null) {
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
    public void saved() {
      locked(() -> fromCache = true);
    }

    @Override
    public void format(int hz) {
      locked(() -> rateHz = hz);
    }

    @Override
    public void frame(byte[] pcm, int spokenChars) {
      locked(
          () -> {
            if (!live) {
              return;
            }
            heardAt = clock.nanoTime();
            if (winner == null && runs.size() > 1 && !audible(pcm)) {
              held.add(new Held(pcm, spokenChars));
              return;
            }
            if (winner == null && movesToTheTurnsVoice()) {
              return;
            }
            win();
            sink.frame(pcm, spokenChars);
          });
    }

    /** The turn has gone to another engine before anything of this was heard: so does this. */
    private boolean movesToTheTurnsVoice() {
      String voice = turns.engine(utterance.turn());
      if (runs.size() > 1 || !turns.left(utterance.turn(), candidate.name())) {
        return false;
      }
      for (FailoverEngine.Candidate other : candidates) {
        if (other.name().equals(voice) && other.health().well()) {
          drop();
          candidates.remove(other);
          start(other, clock.nanoTime());
          return true;
        }
      }
      return false;
    }

    private void win() {
      if (winner == null) {
        winner = this;
        if (!fromCache) {
          health.sounded(clock.nanoTime() - startedAt);
        }
        for (Run other : List.copyOf(runs)) {
          if (other != this) {
            other.drop();
          }
        }
        turns.sounds(utterance.turn(), utterance.chunk(), candidate.name());
        sink.spokenBy(health.engine(), candidate.voice());
        if (rateHz > 0) {
          sink.format(rateHz);
        }
        if (fromCache) {
          sink.saved();
        }
        held.forEach(one -> sink.frame(one.pcm(), one.spokenChars()));
        held.clear();
      }
    }

    @Override
    public void end() {
      locked(
          () -> {
            if (live) {
              win();
              health.succeeded();
              live = false;
              runs.remove(this);
              finish();
              sink.end();
            }
          });
    }

    @Override
    public void fail(FailureKind kind, String detail) {
      locked(() -> failed(kind, detail));
    }

    private void failed(FailureKind kind, String detail) {
      if (!live) {
        return;
      }
      live = false;
      runs.remove(this);
      stop();
      health.failed(kind);
      boolean sounded = winner == this;
      long triedFor = clock.nanoTime() - triedSince;
      boolean again =
          kind.retryable()
              && kind != FailureKind.TIMEOUT
              && triedFor + RETRY.toNanos() < settings.patience().toNanos();
      if (!sounded && again && health.well() && runs.isEmpty()) {
        retry();
        return;
      }
      reasons.add(health.name() + ": " + detail);
      if (reason == null || (kind.retryable() && !reason.retryable())) {
        reason = kind;
      }
      if (sounded) {
        brokenOff(kind);
      } else {
        leave();
        if (runs.isEmpty()) {
          next();
        }
      }
    }

    /** The rest is tried once more with the same engine; only then does the next one take over. */
    private void brokenOff(FailureKind kind) {
      boolean same =
          kind.retryable()
              && health.well()
              && turns.broken(utterance.turn(), utterance.chunk()) == 1;
      boolean others = !candidates.isEmpty();
      finish();
      if (others && !same) {
        leave();
      }
      if (others || same) {
        sink.fail(
            FailureKind.CANCELLED,
            (same ? "the same" : "another")
                + " engine goes on, since in mid-sentence "
                + String.join("; ", reasons));
      } else {
        turns.forget(utterance.turn());
        // What may pass goes before what stays.
        sink.fail(reason == null ? kind : reason, String.join("; ", reasons));
      }
    }

    private void leave() {
      if (!candidates.isEmpty()) {
        String next = candidates.getFirst().name();
        turns.leaves(utterance.turn(), utterance.chunk(), health.name(), next);
        LOG.info(
            "chunk {} of turn {} goes on with {}: {}",
            utterance.chunk(),
            utterance.turn(),
            next,
            String.join("; ", reasons));
      }
    }

    private void retry() {
      after(
          RETRY,
          () -> {
            if (!over && runs.isEmpty()) {
              if (lets(candidate)) {
                start(candidate, triedSince);
              } else {
                leave();
                next();
              }
            }
          });
    }

    /** Somebody else speaks, or nobody any more. */
    private void drop() {
      if (live) {
        live = false;
        runs.remove(this);
        if (winner == this) {
          health.succeeded();
        } else {
          health.unknown();
        }
        stop();
      }
    }

    private void stop() {
      if (speech != null) {
        outside.add(speech::cancel);
      }
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
