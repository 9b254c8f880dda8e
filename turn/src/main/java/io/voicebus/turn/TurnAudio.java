package io.voicebus.turn;

import io.voicebus.bus.Bus;
import io.voicebus.bus.Inbox;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A turn's audio on its way to the one listener: stops the flow when the listener takes no more,
 * waits for one whose connection was lost, and gives it then what it lacks. Outlives the turn, for
 * a listener that is cut off from the last of it. NOT thread safe.
 */
public final class TurnAudio {
  /** What the turn does for it. */
  interface Source {
    /** More audio may come, at once from within this call, or none may. */
    void flow(boolean open);

    /** A piece is handed over for the first time. */
    void delivered(byte[] pcm);

    /** The listener's connection was lost, or the listener is back. */
    void away(boolean away);

    /** Nobody will hear the rest. */
    void abandoned(String why);
  }

  private static final String STALLED = "the listener has taken no audio for too long";

  private final Inbox inbox;
  private final OwnerLimits limits;
  private final Source source;
  private final KeptAudio kept = new KeptAudio();

  private @Nullable AudioListener listener;

  /** The sample that the listener gets next. */
  private long next;

  /** The first piece waits here for the first listener; the link holds the others back. */
  private byte @Nullable [] held;

  private int heldChunk;
  private boolean attached;
  private boolean away;
  private boolean flowing;
  private boolean paused;
  private boolean ended;
  private Bus.@Nullable Timer timer;

  TurnAudio(Inbox inbox, OwnerLimits limits, Source source) {
    this.inbox = inbox;
    this.limits = limits;
    this.source = source;
  }

  /** The latest that was handed over. */
  public KeptAudio kept() {
    return kept;
  }

  /** Whether somebody listens, or has listened. */
  public boolean attached() {
    return attached;
  }

  /** Whether somebody listens now. */
  public boolean hasListener() {
    return listener != null;
  }

  /** Whether the listener's connection was lost, and it has not come back. */
  public boolean isAway() {
    return away;
  }

  /** Whether nothing is left that the listener could be given now. */
  public boolean isSent() {
    return kept.from(next) == null && held == null;
  }

  /** Whether audio waits here for the first listener. */
  boolean isHeld() {
    return held != null;
  }

  /** Whether the listener takes audio now. */
  boolean isFlowing() {
    return flowing;
  }

  /** Whether the listener has paused, by its own report. */
  boolean isPaused() {
    return paused;
  }

  // The turn.

  /** A former owner has handed over so much. */
  void resumeAt(long sample) {
    kept.resumeAt(sample);
    next = sample;
  }

  /** Waits for the first listener. */
  void await() {
    watch(limits.attach(), "nobody listened to the turn");
  }

  /** A device of the playback instance takes it. */
  void flowElsewhere() {
    flowing = true;
  }

  void format(int rateHz) {
    kept.rate(rateHz);
    if (listener != null) {
      listener.format(rateHz);
    }
  }

  void audio(int chunk, byte[] pcm) {
    if (listener == null) {
      held = pcm;
      heldChunk = chunk;
      source.flow(false);
    } else {
      hand(listener, chunk, pcm);
    }
  }

  private void hand(AudioListener to, int chunk, byte[] pcm) {
    kept.add(chunk, pcm);
    next = kept.end();
    source.delivered(pcm);
    to.audio(chunk, pcm);
  }

  /** The turn is over: what was handed over can still be had again. */
  void end() {
    ended = true;
    held = null;
    stopTimer();
    if (listener != null && !isSent() && !paused) {
      watch(limits.stalled(), STALLED);
    }
  }

  // The listener.

  /**
   * Attaches the one listener; from now on it gets audio. Another one is dismissed.
   *
   * @param from how many samples it has
   * @throws IllegalArgumentException where {@link KeptAudio#reaches} says no
   */
  public void listen(AudioListener newListener, long from) {
    if (!kept.reaches(from)) {
      throw new IllegalArgumentException("sample " + from + " is not kept");
    }
    AudioListener former = listener;
    if (former != null) {
      listener = null;
      stop();
      former.dismissed();
    }
    attached = true;
    listener = newListener;
    next = from;
    stopTimer();
    if (kept.rateHz() > 0) {
      newListener.format(kept.rateHz());
    }
    if (away) {
      away = false;
      source.away(false);
    }
    resume();
  }

  /** The listener cannot take more for now: back-pressure that reaches the engines. */
  public void pause() {
    if (flowing) {
      stop();
      if (!paused) {
        watch(limits.stalled(), STALLED);
      }
    }
  }

  private void stop() {
    if (flowing) {
      flowing = false;
      source.flow(false);
    }
  }

  /** The listener takes audio again: first what it lacks, then what comes. */
  public void resume() {
    AudioListener to = listener;
    if (flowing || to == null) {
      return;
    }
    flowing = true;
    stopTimer();
    KeptAudio.Piece piece;
    while (flowing && (piece = kept.from(next)) != null) {
      next += piece.pcm().length / 2;
      to.audio(piece.chunk(), piece.pcm());
    }
    byte[] first = held;
    if (flowing && first != null) {
      held = null;
      hand(to, heldChunk, first);
    }
    // The listener may have paused again at once.
    if (flowing) {
      source.flow(true);
    }
  }

  /** The listener's connection is lost: it may come back for a while. */
  public void detach() {
    AudioListener former = listener;
    if (former == null) {
      return;
    }
    listener = null;
    stop();
    paused = false;
    stopTimer();
    former.dismissed();
    if (limits.detach().isZero()) {
      source.abandoned("the listener has gone");
      return;
    }
    away = true;
    if (!ended) {
      source.away(true);
      watch(
          limits.detach(),
          "the listener's connection was lost, and it did not come back within detach-ms");
    }
  }

  /** The listener has paused on purpose, or goes on. */
  void paused(boolean nowPaused) {
    paused = nowPaused;
    if (listener != null && paused) {
      stopTimer();
    } else if (listener != null && !flowing) {
      watch(limits.stalled(), STALLED);
    }
  }

  private void watch(Duration patience, String why) {
    stopTimer();
    timer =
        inbox.after(
            patience.toNanos(),
            () -> {
              AudioListener last = listener;
              if (ended && last != null) {
                listener = null;
                last.dismissed();
              } else if (!ended) {
                source.abandoned(why);
              }
            });
  }

  private void stopTimer() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }
}
