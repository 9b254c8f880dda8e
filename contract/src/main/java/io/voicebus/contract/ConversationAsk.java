package io.voicebus.contract;

import io.voicebus.bus.Message;

/**
 * Question, owner to a text source, answered by a {@link ConversationAnswer}: what is remembered of
 * a conversation?
 *
 * @param conversation names it
 * @param forget whether to forget it, too
 */
public record ConversationAsk(String conversation, boolean forget) implements Message {}
