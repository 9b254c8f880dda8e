package io.voicebus.playback;

import io.voicebus.bus.Stage;
import io.voicebus.contract.ListenerPosition;
import io.voicebus.contract.Pace;
import io.voicebus.contract.PlayoutResume;
import io.voicebus.contract.Underrun;
import java.util.Optional;

/**
 * Finds out whether a listener had to wait for the audio that arrives now, and which stage was
 * late: by the listener's report or, without any, by the clock. At any pace the listener is assumed
 * to play audio as it arrives. NOT thread safe.
 */
final class Starvation {
  /** What is longer than the pause by less is due to timers and threads; nobody hears it. */
  private static final long LEAST_MS = 20;

  private final ListenerPosition ear = new ListenerPosition(Pace.REALTIME);

  /** Whether it is known how long the listener has waited for the sound that is next. */
  private boolean accounted;

  /** The listener has paused, or has not taken what there was: it did not wait. */
  private boolean excused;

  /** Of the turn, before the first sound. */
  void rate(int hz) {
    ear.rate(hz);
  }

  /** Goes on where another instance stopped. */
  void resume(PlayoutResume from, long nowNanos) {
    ear.resume(from.samples(), from.playedMs(), nowNanos);
    ear.waited(from.waitedMs());
  }

  /** The listener has played so much, in ms. */
  void heard(long playedMs, long nowNanos) {
    ear.reported(playedMs, nowNanos);
  }

  /** The listener has paused on purpose. */
  void paused() {
    excused = true;
  }

  /** There is sound, and the listener does not take it. */
  void notTaken() {
    excused = true;
  }

  /** The listener's connection is lost, or is there again. */
  void away(boolean nowAway, long nowNanos) {
    ear.away(nowAway, nowNanos);
  }

  /**
   * Sound comes; or the pause before it, and then the sound.
   *
   * @param chunk whose it is
   * @param pauseMs how long the natural pause before it is
   * @param knownMs how long it is that there is text to speak
   */
  Optional<Underrun> sound(int chunk, long pauseMs, long knownMs, long nowNanos) {
    if (accounted) {
      return Optional.empty();
    }
    accounted = true;
    long waitedMs = ear.waitedMs(nowNanos);
    boolean counts = !excused && waitedMs - pauseMs >= LEAST_MS;
    excused = false;
    boolean speech = knownMs * 2 >= waitedMs;
    return counts
        ? Optional.of(new Underrun(chunk, waitedMs - pauseMs, speech ? Stage.SPEECH : Stage.TEXT))
        : Optional.empty();
  }

  /** So many samples went to the sink. */
  void delivered(long samples, long nowNanos) {
    accounted = false;
    ear.delivered(samples, nowNanos);
  }
}
