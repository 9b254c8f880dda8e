package io.voicebus.tts;

import java.util.List;

/**
 * What an engine offers on this machine, with these settings.
 *
 * @param engine its name
 * @param usable whether it can speak now
 * @param reason why not, and what to do about it; empty if it can
 * @param voices those that it has told of, or its default; empty if it cannot
 */
public record EngineOffer(String engine, boolean usable, String reason, List<Voice> voices) {
  public EngineOffer {
    voices = List.copyOf(voices);
  }

  static EngineOffer of(String engine, List<Voice> voices) {
    return new EngineOffer(engine, true, "", voices);
  }

  static EngineOffer not(String engine, String reason) {
    return new EngineOffer(engine, false, reason, List.of());
  }
}
