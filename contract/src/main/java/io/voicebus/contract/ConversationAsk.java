package io.voicebus.contract;

import io.voicebus.bus.Message;

/**
 * Head, owner to a text source: what is remembered of a conversation? The stream has no items; it
 * lives until the {@link ConversationAnswer}.
 *
 * @param number of the question at its asker
 * @param conversation names it
 * @param forget whether to forget it, too
 */
public record ConversationAsk(long number, String conversation, boolean forget)
    implements Message {}
