package io.voicebus.playback;

import io.voicebus.bus.VoicebusException;
import java.util.Optional;

/** Whether speech can be heard from this machine itself. */
public final class SoundCard {
  private SoundCard() {}

  /** Why not, and what to do instead; empty if it can. */
  public static Optional<String> missing() {
    try {
      new CardDevice().prepare();
      return Optional.empty();
    } catch (VoicebusException e) {
      return Optional.of(e.failure().detail());
    }
  }
}
