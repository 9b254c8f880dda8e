package io.voicebus.playback;

import io.voicebus.bus.Stage;
import io.voicebus.contract.Underrun;
import java.util.Optional;

/**
 * Tells whether a listener has waited for the sound that comes now, and who owed it: by its own
 * report or, where it makes none, by the clock. NOT thread safe.
 */
final class Starvation {
  /** A shorter gap is one of timers and threads; nobody hears it. */
  private static final long LEAST_MS = 20;

  /** The listener has paused since it had nothing left: it did not wait. */
  private boolean excused;

  /** The listener has paused on purpose. */
  void paused() {
    excused = true;
  }

  /**
   * Sound comes.
   *
   * @param chunk whose it is
   * @param waitedMs how long the listener has had nothing to hear
   * @param pauseMs how much of that is a natural pause
   * @param knownMs how long it is that there is text to speak
   */
  Optional<Underrun> sound(int chunk, long waitedMs, long pauseMs, long knownMs) {
    boolean counts = !excused && waitedMs - pauseMs >= LEAST_MS;
    excused = false;
    boolean speech = knownMs * 2 >= waitedMs;
    return counts
        ? Optional.of(new Underrun(chunk, waitedMs - pauseMs, speech ? Stage.SPEECH : Stage.TEXT))
        : Optional.empty();
  }
}
