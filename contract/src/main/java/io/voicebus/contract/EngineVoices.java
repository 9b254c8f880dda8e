package io.voicebus.contract;

import io.voicebus.bus.Message;
import java.util.List;

/**
 * Item, speech worker to asker: what one engine offers, or a part of it. Parts of one engine follow
 * one another.
 *
 * @param engine its name
 * @param usable whether it can speak now
 * @param reason why not, and what to do about it; empty if it can
 * @param voices the next of those that it has told of; empty if it cannot
 * @param order its place among the engines that speak where none is named, from 1 on; 0 for none
 * @param defaultVoice id of the voice that speaks where none is named; empty if that is not known
 */
public record EngineVoices(
    String engine,
    boolean usable,
    String reason,
    List<EngineVoice> voices,
    int order,
    String defaultVoice)
    implements Message {
  public EngineVoices {
    voices = List.copyOf(voices);
  }

  /** Of an engine that speaks only where it is named. */
  public EngineVoices(String engine, boolean usable, String reason, List<EngineVoice> voices) {
    this(engine, usable, reason, voices, 0, "");
  }

  /** In UTF-8, at most 3 bytes for a char, and what frames each field. */
  @Override
  public int weight() {
    int chars = engine.length() + reason.length() + defaultVoice.length();
    return 64 + 3 * chars + voices.stream().mapToInt(EngineVoice::weight).sum();
  }
}
