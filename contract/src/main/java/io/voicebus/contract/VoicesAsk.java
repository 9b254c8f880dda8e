package io.voicebus.contract;

import io.voicebus.bus.Message;

/**
 * Head, owner to a speech worker: which engines and voices can be used? The stream has no items; it
 * lives until the {@link VoicesAnswer} has ended.
 *
 * @param number of the question at its asker
 */
public record VoicesAsk(long number) implements Message {}
