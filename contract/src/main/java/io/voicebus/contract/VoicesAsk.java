package io.voicebus.contract;

import io.voicebus.bus.Message;

/** Question to a speech worker, answered by {@link EngineVoices}: what can be used? */
public record VoicesAsk() implements Message {
  /** The parts of one answer, each of {@link io.voicebus.bus.Limits#MAX_ITEM} at most. */
  public static final int MAX_PARTS = 512;
}
