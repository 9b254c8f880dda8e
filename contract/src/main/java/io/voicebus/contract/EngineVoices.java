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
 */
public record EngineVoices(String engine, boolean usable, String reason, List<EngineVoice> voices)
    implements Message {
  public EngineVoices {
    voices = List.copyOf(voices);
  }

  /** In UTF-8, at most 3 bytes for a char, and what frames each field. */
  @Override
  public int weight() {
    int chars = engine.length() + reason.length();
    return 64 + 3 * chars + voices.stream().mapToInt(EngineVoice::weight).sum();
  }
}
