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
import java.util.ArrayList;
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

  /** Before an engine that failed is asked again, while there is patience. */
  private static final Duration RETRY = Duration.ofMillis(200);

  /** The same, once it has failed for longer than that. */
  private static final Duration LATER_RETRY = Duration.ofMillis(500);

  /**
   * An utterance that has to wait longer than so many times the patience goes to the next engine.
   * So does one of a turn that has a voice, when the engine has produced no sound for so long.
   */
  private static final int LONG_WAIT = 5;

  /** How many times within the patience a waiting engine is checked. */
  private static final int LOOKS = 4;

  /**
   * So many times the usual time without a sound: a service is asked once more after three times,
   * and that has had as long.
   */
  private static final int USUAL_TIMES = 6;

  /** But never longer than so many times what is set. */
  private static final int MOST_USUAL = 4;

  /** Amplitude of 16-bit samples below which a frame is silent; silence wins no race. */
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
  final EngineHealth health;
  final FailoverEngine.Candidate candidate;
  private final long triedSince;
  private final List<Held> held = new ArrayList<>();
  private final SignOfLife life = new SignOfLife();
  private final SilentTime silence = new SilentTime();

  /** When the engine was given it, or was at it once more. */
  private long startedAt;

  boolean live = true;
  private boolean fromCache;
  private boolean inVain;

  /** Whether its service wants to be left alone for longer than anybody waits. */
  private boolean away;

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
    this.candidate = candidate;
    this.health = candidate.health();
    this.triedSince = triedSince;
    health.given();
  }

  void speak() {
    all.steps.run(() -> watch(patience().dividedBy(LOOKS)));
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

  /** An engine that is usually slow has longer: it is not silent yet. */
  private Duration patience() {
    long usual = USUAL_TIMES * health.usualNanos().orElse(0);
    long set = settings.patience().toNanos();
    return Duration.ofNanos(Math.max(set, Math.min(usual, MOST_USUAL * set)));
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
            watch(LateTimers.late(clock, due) ? patience() : looked(clock.nanoTime()));
          }
        });
  }

  /** When to look again; it may be over then. */
  private Duration looked(long now) {
    Duration most = patience();
    if (mayWait(now)) {
      return most.dividedBy(LOOKS);
    }
    if (silence.running()) {
      Duration silent = Duration.ofNanos(silence.nanos(now));
      if (silent.compareTo(most) < 0) {
        return most.minus(silent);
      }
      failed(FailureKind.TIMEOUT, "it fell silent");
    } else if (all.winner == null && health.deafNanos(now) >= mostDeaf(most).toNanos()) {
      inVain = true;
      failed(FailureKind.RATE_LIMITED, "it speaks for nobody");
    }
    return most.dividedBy(LOOKS);
  }

  /**
   * Whether this is heard so late that who speaks the turn may come back before: its voice changes
   * only where there is a need.
   */
  private boolean mayWait(long now) {
    long leftMs = utterance.dueInMs() - Duration.ofNanos(now - triedSince).toMillis();
    return utterance.place().pace() == Pace.REALTIME
        && all.isDecided(candidate)
        && leftMs > settings.patience().toMillis();
  }

  /**
   * How long the engine may produce no sound for anybody before those that wait there leave it.
   * Where the one under way fails, the others cannot succeed; a turn without a voice loses none.
   */
  private Duration mostDeaf(Duration most) {
    Duration longest = settings.patience().multipliedBy(LONG_WAIT);
    boolean leaves = health.failedMeanwhile() || !all.isDecided(candidate);
    return leaves || most.compareTo(longest) > 0 ? most : longest;
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

  /** A wait for room is no silence; but it is limited as well. */
  @Override
  public void waits(long atLeastMs, String why) {
    all.steps.run(
        () -> {
          if (live) {
            silence.stop(clock.nanoTime());
            sink.waits(atLeastMs, why);
            long most = LONG_WAIT * settings.patience().toMillis();
            if (atLeastMs > most && !all.candidates.isEmpty() && all.winner == null) {
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
          if (life.shownBy(pcm.length, patience())) {
            silence.sound(clock.nanoTime());
          }
          if (!fromCache) {
            health.heard();
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
            did();
            gone();
            all.finish();
            sink.end();
          }
        });
  }

  /**
   * The engine has spoken. Speech from the cache does not count: it tells nothing about the engine.
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
    boolean soon = triedFor + RETRY.toNanos() < settings.patience().toNanos();
    boolean again =
        kind.retryable()
            && (mayWait(clock.nanoTime())
                || (soon && kind != FailureKind.TIMEOUT && !inVain && !away));
    boolean worth = health.well() || all.isDecided(candidate);
    String reason = health.name() + ": " + detail;
    if (!sounded && again && worth && all.runs.isEmpty()) {
      retry(kind, reason, soon ? RETRY : LATER_RETRY);
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
   * meant it, so the caller is told, unless the turn was heard in that voice before.
   */
  private boolean lacksTheNamedVoice(FailureKind kind) {
    return kind == FailureKind.NOT_FOUND
        && !candidate.voice().isEmpty()
        && !turns.heard(utterance.place());
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
    health.over(inVain);
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
