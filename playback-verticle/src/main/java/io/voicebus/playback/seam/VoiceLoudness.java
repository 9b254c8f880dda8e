package io.voicebus.playback.seam;

import java.util.LinkedHashMap;
import java.util.Map;

/** How loud the voices are that an instance has heard lately. NOT thread safe. */
public final class VoiceLoudness {
  /** Some 3 KB each. */
  private static final int MOST_VOICES = 64;

  private final Map<String, LoudnessCount> voices =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, LoudnessCount> eldest) {
          return size() > MOST_VOICES;
        }
      };

  LoudnessCount of(String voice) {
    return voices.computeIfAbsent(voice, unheard -> new LoudnessCount());
  }
}
