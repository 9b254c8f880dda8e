package io.voicebus.turn;

import io.voicebus.bus.Bus;
import io.voicebus.bus.Inbox;
import io.voicebus.bus.LateTimers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A client that hears a turn besides its listener, or after its end, from any kept sample on. Its
 * pace has no effect on others. NOT thread safe.
 */
public final class AudioFollower {
  private final KeptAudio kept;
  private final Inbox inbox;
  private final Duration patience;
  private final AudioListener listener;
  private final AudioCursor cursor;
  private boolean flowing;
  private boolean left;
  private Bus.@Nullable Timer timer;

  /**
   * Nothing comes before {@link #resume}.
   *
   * @param patience how long it may take nothing
   * @param from a sample that {@link KeptAudio#reaches}
   */
  AudioFollower(KeptAudio kept, Inbox inbox, Duration patience, AudioListener listener, long from) {
    this.kept = kept;
    this.inbox = inbox;
    this.patience = patience;
    this.listener = listener;
    this.cursor = new AudioCursor(kept, from);
    kept.enter();
    kept.add(this);
  }

  void format(int rateHz) {
    listener.format(rateHz);
  }

  /** Gives it what it has not got. */
  void goOn() {
    KeptAudio.Piece piece;
    while (flowing && !left && (piece = cursor.take(this::fetched)) != null) {
      listener.audio(piece.chunk(), piece.pcm());
    }
  }

  private void fetched() {
    if (left) {
      return;
    }
    if (cursor.isLost()) {
      leave();
      listener.dismissed();
      return;
    }
    goOn();
    if (!left && cursor.isAtEnd()) {
      listener.caughtUp();
    }
  }

  /** Whether it has got everything that has come. */
  public boolean isSent() {
    return cursor.isAtEnd();
  }

  /** It can take no more for now. */
  public void pause() {
    if (flowing && !left) {
      flowing = false;
      timer =
          LateTimers.after(
              inbox,
              patience.toNanos(),
              () -> {
                leave();
                listener.dismissed();
              });
    }
  }

  /** It takes audio again. */
  public void resume() {
    if (!flowing && !left) {
      flowing = true;
      stopTimer();
      goOn();
    }
  }

  /** It has gone. */
  public void leave() {
    if (!left) {
      left = true;
      stopTimer();
      kept.remove(this);
      kept.leave();
    }
  }

  private void stopTimer() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }
}
