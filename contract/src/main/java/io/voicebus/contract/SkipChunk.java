package io.voicebus.contract;

import io.voicebus.bus.Message;

/**
 * Item, owner to playback: go on without the rest of this chunk.
 *
 * @param chunk its index in the turn
 */
public record SkipChunk(int chunk) implements Message {}
