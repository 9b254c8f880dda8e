package io.voicebus.contract;

import io.voicebus.bus.Failure;
import io.voicebus.bus.Message;

/**
 * Item, chunker to owner: a chunk could not be spoken and is left out.
 *
 * @param chunk its index in the turn
 * @param failure why
 */
public record ChunkSkipped(int chunk, Failure failure) implements Message {}
