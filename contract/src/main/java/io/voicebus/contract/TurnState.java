package io.voicebus.contract;

import io.voicebus.bus.Message;

/**
 * Answer of a turn's owner to {@link TurnAsk}.
 *
 * @param json as it is told to clients; for captions their text
 */
public record TurnState(String json) implements Message {
  @Override
  public int weight() {
    return 64 + json.length();
  }
}
