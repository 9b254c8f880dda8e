package io.voicebus.tts;

import io.voicebus.bus.FailureKind;
import io.voicebus.tts.engine.Voice;
import java.util.List;

/**
 * What an engine offers on this machine, with these settings.
 *
 * @param engine its name
 * @param usable whether it can speak now
 * @param reason why not, and what to do about it; empty if it can
 * @param kind why not, classified; {@link FailureKind#UNAVAILABLE} if it can
 * @param voices those that it has told of, or its default; empty if it cannot
 * @param order its place among those that speak where none is named, from 1 on; 0 for none
 * @param defaultVoice id of the voice that speaks where none is named; empty if that is not known
 */
public record EngineOffer(
    String engine,
    boolean usable,
    String reason,
    FailureKind kind,
    List<Voice> voices,
    int order,
    String defaultVoice) {
  public EngineOffer {
    voices = List.copyOf(voices);
  }

  static EngineOffer of(String engine, List<Voice> voices, String defaultVoice) {
    return new EngineOffer(engine, true, "", FailureKind.UNAVAILABLE, voices, 0, defaultVoice);
  }

  static EngineOffer not(String engine, String reason) {
    return not(engine, FailureKind.UNAVAILABLE, reason);
  }

  static EngineOffer not(String engine, FailureKind kind, String reason) {
    return new EngineOffer(engine, false, reason, kind, List.of(), 0, "");
  }

  EngineOffer inOrder(int place) {
    return new EngineOffer(engine, usable, reason, kind, voices, place, defaultVoice);
  }
}
