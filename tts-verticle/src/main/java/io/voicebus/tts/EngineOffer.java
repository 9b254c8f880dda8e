package io.voicebus.tts;

import io.voicebus.bus.FailureKind;
import io.voicebus.tts.engine.Voice;
import java.util.List;

/**
 * An engine's voices on this machine with certain settings, or why it cannot be used.
 *
 * @param engine the engine's name
 * @param usable whether it can speak now
 * @param reason why it cannot speak, and what to do; empty if it can
 * @param kind the class of the reason; {@link FailureKind#UNAVAILABLE} if it can speak
 * @param voices the voices that it lists, or its default; empty if it cannot speak
 * @param order its place in the order of fail-over, from 1; 0 if it speaks only when a turn names
 *     it
 * @param defaultVoice id of the voice for turns that name none; empty if it is not known
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
