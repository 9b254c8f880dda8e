package io.voicebus.turn;

import io.voicebus.bus.Bus;
import io.voicebus.bus.Inbox;
import io.voicebus.bus.LateTimers;
import io.voicebus.contract.Position;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A turn's audio on its way to the one listener: stops the flow when the listener takes no more,
 * waits for one whose connection was lost, and gives it then what it lacks. Outlives the turn, for
 * a listener that is cut off from the last of it. NOT thread safe.
 */
public final class TurnAudio {
  /** The turn's side. */
  interface Source {
    /** More audio may come, at once from within this call, or none may. */
    void flow(boolean open);

    /** Whether the next piece may be handed over now; if not, {@link TurnAudio#handOn} follows. */
    boolean mayHand();

    /** A piece is handed over for the first time. */
    void delivered(byte[] pcm);

    /**
     * Nobody hears the turn for now, since the listener's connection was lost or the turn is on
     * hold, or somebody does again.
     */
    void away(boolean away);

    /** Nobody will hear the rest. */
    void abandoned(String why);

    /** Only the latest of the audio is kept from now on, though all of it was to be. */
    void notKept(String why);
  }

  static final String NOT_RESUMED = "the turn was on hold, and was not resumed within resume-ms";
  private static final String UNHEARD = "nobody listened to the turn";
  private static final String NOT_BACK =
      "the listener's connection was lost, and it did not come back within detach-ms";
  private static final String STALLED = "the listener has taken no audio for too long";

  private final Inbox inbox;
  private final OwnerLimits limits;
  private final Source source;
  private final KeptAudio kept;

  private @Nullable AudioListener listener;

  /** Where the listener is. */
  private AudioCursor cursor;

  /**
   * One piece waits here for the first listener, or until it may be handed over; the link holds the
   * others back.
   */
  private byte @Nullable [] held;

  private int heldChunk;
  private boolean attached;
  private boolean cutOff;
  private boolean onHold;
  private boolean flowing;
  private boolean paused;

  /** How much the listener has heard, by its reports. */
  private long heardMs;

  private boolean ended;
  private Bus.@Nullable Timer timer;

  TurnAudio(Inbox inbox, OwnerLimits limits, Spool spool, Source source) {
    this.inbox = inbox;
    this.limits = limits;
    this.source = source;
    this.kept = new KeptAudio(inbox, spool, source::notKept);
    this.cursor = new AudioCursor(kept, 0);
  }

  /** What was handed over, as far as it is kept. */
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

  /** Whether nobody hears it now: the listener's connection was lost, or the turn is on hold. */
  boolean isAway() {
    return cutOff || onHold;
  }

  /** Whether the turn is on hold. */
  public boolean isOnHold() {
    return onHold;
  }

  /** Whether nothing is left that the listener could be given now. */
  public boolean isSent() {
    return held == null && (cursor.isAtEnd() || cursor.isLost());
  }

  /** Whether audio waits here for the first listener. */
  boolean isHeld() {
    return held != null && listener == null;
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
    cursor = new AudioCursor(kept, sample);
  }

  /** Waits for the first listener. */
  void await() {
    watch(limits.attach(), UNHEARD);
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
    if (listener == null || onHold || !source.mayHand()) {
      held = pcm;
      heldChunk = chunk;
      source.flow(false);
    } else {
      hand(listener, chunk, pcm);
    }
  }

  /** The piece that {@link Source#mayHand} held back may be handed over now. */
  void handOn() {
    if (flowing && held != null) {
      goOn();
    }
  }

  private void hand(AudioListener to, int chunk, byte[] pcm) {
    kept.add(chunk, pcm);
    cursor.skipTo(kept.end());
    source.delivered(pcm);
    to.audio(chunk, pcm);
  }

  /**
   * The turn is over: what was handed over can still be had again.
   *
   * @param heard how many samples; what is behind them is forgotten
   */
  void end(long heard) {
    ended = true;
    kept.completeAt(heard);
    held = null;
    onHold = false;
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
      attach(null);
      stop();
      former.dismissed();
    }
    attached = true;
    attach(newListener);
    cursor = new AudioCursor(kept, from);
    stopTimer();
    if (kept.rateHz() > 0) {
      newListener.format(kept.rateHz());
    }
    change(false, onHold);
    if (onHold && !paused) {
      watch(limits.resume(), NOT_RESUMED);
    }
    resume();
  }

  private void attach(@Nullable AudioListener to) {
    if (listener != null) {
      kept.leave();
    }
    listener = to;
    if (to != null) {
      kept.enter();
    }
  }

  /**
   * One more hears the turn, besides its listener or after its end.
   *
   * @param from how many samples it has
   * @throws IllegalArgumentException where {@link KeptAudio#reaches} says no
   */
  public AudioFollower follow(AudioListener follower, long from) {
    if (!kept.reaches(from)) {
      throw new IllegalArgumentException("sample " + from + " is not kept");
    }
    if (kept.rateHz() > 0) {
      follower.format(kept.rateHz());
    }
    return new AudioFollower(kept, inbox, limits.stalled(), follower, from);
  }

  /** The listener's connection is lost or back, or the turn is on hold or released. */
  private void change(boolean nowCutOff, boolean nowOnHold) {
    boolean before = isAway();
    cutOff = nowCutOff;
    onHold = nowOnHold;
    if (before != isAway() && !ended) {
      source.away(isAway());
    }
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
    if (!flowing && !onHold && listener != null) {
      flowing = true;
      stopTimer();
      goOn();
    }
  }

  private void goOn() {
    AudioListener to = listener;
    if (to == null) {
      return;
    }
    AudioCursor from = cursor;
    KeptAudio.Piece piece;
    while (flowing && from == cursor && (piece = from.take(() -> fetched(from))) != null) {
      to.audio(piece.chunk(), piece.pcm());
    }
    if (from != cursor || !from.isAtEnd()) {
      return;
    }
    byte[] first = held;
    if (flowing && first != null) {
      if (!source.mayHand()) {
        return;
      }
      held = null;
      hand(to, heldChunk, first);
    }
    // The listener may have paused again at once.
    if (flowing) {
      source.flow(true);
    }
  }

  /** Kept audio was read for the listener, or is lost. */
  private void fetched(AudioCursor by) {
    AudioListener to = listener;
    if (by != cursor || to == null) {
      return;
    }
    if (by.isLost()) {
      detach();
      return;
    }
    if (flowing) {
      goOn();
      if (isSent()) {
        to.caughtUp();
      }
    }
  }

  /** The listener's connection is lost: it may come back for a while. */
  public void detach() {
    AudioListener former = listener;
    if (former == null) {
      return;
    }
    attach(null);
    stop();
    paused = false;
    stopTimer();
    former.dismissed();
    if (limits.detach().isZero()) {
      source.abandoned("the listener has gone");
      return;
    }
    change(true, onHold);
    if (!ended) {
      watch(limits.detach(), NOT_BACK);
    }
  }

  /** The turn has ended: a listener that has gone reads no more, so that others may have room. */
  public void leaveGone() {
    AudioListener last = listener;
    if (last != null && last.isGone()) {
      attach(null);
      flowing = false;
      stopTimer();
    }
  }

  // On hold.

  /**
   * Nothing more is handed over, and nothing more is asked of the model or the voice, until {@link
   * #release}; a listener that is not released in time has its turn cancelled, except one that has
   * paused.
   */
  void hold() {
    stop();
    change(cutOff, true);
    if (!paused) {
      watch(limits.resume(), NOT_RESUMED);
    }
  }

  /**
   * Goes on.
   *
   * @param from the sample that the listener gets next: one that {@link KeptAudio#reaches}
   */
  void release(long from) {
    cursor = new AudioCursor(kept, from);
    stopTimer();
    change(cutOff, false);
    if (listener != null) {
      resume();
    } else if (!ended) {
      watch(cutOff ? limits.detach() : limits.attach(), cutOff ? NOT_BACK : UNHEARD);
    }
  }

  /** The sample that is handed over next. */
  long next() {
    return cursor.next();
  }

  /** The listener reports how far it has heard, and whether it has paused on purpose. */
  void reported(Position position) {
    boolean before = paused;
    boolean plays = playsOn(position.playedMs());
    paused = position.paused();
    if (listener != null && paused) {
      stopTimer();
    } else if (onHold) {
      if (before) {
        watch(limits.resume(), NOT_RESUMED);
      }
    } else if (listener != null && !flowing && (before || plays)) {
      watch(limits.stalled(), STALLED);
    }
  }

  /** Whether it has heard more than before of what it has: then it is not stalled. */
  private boolean playsOn(long playedMs) {
    long hasMs = kept.rateHz() == 0 ? 0 : kept.end() * 1000 / kept.rateHz();
    long before = heardMs;
    heardMs = Math.max(before, Math.min(playedMs, hasMs));
    return heardMs > before;
  }

  private void watch(Duration patience, String why) {
    stopTimer();
    timer =
        LateTimers.after(
            inbox,
            patience.toNanos(),
            () -> {
              AudioListener last = listener;
              if (ended && last != null) {
                attach(null);
                last.dismissed();
              } else if (!ended && !(why.equals(STALLED) && last != null && last.replaced())) {
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
