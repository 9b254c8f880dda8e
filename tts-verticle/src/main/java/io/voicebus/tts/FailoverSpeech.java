package io.voicebus.tts;

import io.voicebus.bus.Clock;
import io.voicebus.bus.FailureKind;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One utterance on its way through a line of engines. Its state has one lock; engines are started
 * and cancelled outside of it, since they may be calling at the same time. Thread-safe.
 */
final class FailoverSpeech implements Speech {
  /** Before an engine that failed is asked again, while there is patience. */
  private static final Duration RETRY = Duration.ofMillis(200);

  /** Of 16 bits: below is silence, which wins no race. */
  private static final int AUDIBLE = 256;

  private final FailoverEngine line;
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

  FailoverSpeech(
      FailoverEngine line,
      Utterance utterance,
      List<FailoverEngine.Candidate> candidates,
      FailoverSettings settings,
      Clock clock,
      Delays delays,
      SpeechSink sink) {
    this.line = line;
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
      if (candidate.health().lets()) {
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
      line.forget(utterance.turn());
      finish();
      sink.fail(reason == null ? FailureKind.UNAVAILABLE : reason, String.join("; ", reasons));
    }
  }

  /**
   * Starts an engine.
   *
   * @param triedSince when this utterance was first given to it
   */
  private void start(FailoverEngine.Candidate candidate, long triedSince) {
    Run run = new Run(candidate, triedSince);
    runs.add(run);
    outside.add(run::speak);
    run.watch(settings.patience());
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
    private final long startedAt = clock.nanoTime();
    private final List<Held> held = new ArrayList<>();
    private long heardAt = startedAt;
    private boolean live = true;
    private boolean fromCache;
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
      after(
          patience,
          () -> {
            long silent = clock.nanoTime() - heardAt;
            long most = settings.patience().toNanos();
            if (!live) {
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
    public void asked(int chars) {
      sink.asked(chars);
    }

    @Override
    public void saved() {
      locked(() -> fromCache = true);
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
            win();
            sink.frame(pcm, spokenChars);
          });
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
        sink.spokenBy(health.engine(), candidate.voice());
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
          kind.retryable() && triedFor + RETRY.toNanos() < settings.patience().toNanos();
      if (!sounded && again && health.well() && runs.isEmpty()) {
        retry();
        return;
      }
      line.leave(utterance.turn(), health.name());
      reasons.add(health.name() + ": " + detail);
      if (reason == null || (kind.retryable() && !reason.retryable())) {
        reason = kind;
      }
      if (!sounded) {
        if (runs.isEmpty()) {
          next();
        }
        return;
      }
      boolean others = !candidates.isEmpty();
      finish();
      if (others) {
        sink.fail(
            FailureKind.CANCELLED,
            "another engine goes on, since in mid-sentence " + String.join("; ", reasons));
      } else {
        line.forget(utterance.turn());
        sink.fail(reason, String.join("; ", reasons)); // what may pass goes before what stays
      }
    }

    private void retry() {
      after(
          RETRY,
          () -> {
            if (!over && runs.isEmpty()) {
              if (health.lets()) {
                start(candidate, triedSince);
              } else {
                line.leave(utterance.turn(), health.name());
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
