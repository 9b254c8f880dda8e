package io.voicebus.contract;

import io.voicebus.bus.Message;

/**
 * Item, owner to chunker: what has been written so far is spoken now, though no boundary was found
 * at its end.
 */
public record TextFlush() implements Message {}
