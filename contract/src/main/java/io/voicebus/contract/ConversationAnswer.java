package io.voicebus.contract;

import io.voicebus.bus.Message;

/**
 * Answer of a text source: what is, or was, remembered.
 *
 * @param known whether there is such a conversation
 * @param conversation what is remembered of it; to a {@link Heard}, nothing
 */
public record ConversationAnswer(boolean known, Conversation conversation) implements Message {
  /** As a conversation weighs. */
  @Override
  public int weight() {
    return 64;
  }
}
