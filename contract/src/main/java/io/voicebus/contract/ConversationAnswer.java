package io.voicebus.contract;

import io.voicebus.bus.Message;

/**
 * Head, text source to the asker's inbox: what is, or was, remembered. The stream has no items.
 *
 * @param number of the question
 * @param known whether there is such a conversation
 * @param conversation what is remembered of it; to a {@link Heard}, nothing
 */
public record ConversationAnswer(long number, boolean known, Conversation conversation)
    implements Message {}
