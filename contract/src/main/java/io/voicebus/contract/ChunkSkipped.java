package io.voicebus.contract;

import io.voicebus.bus.Failure;
import io.voicebus.bus.Message;

/**
 * Item, playback to owner and owner to chunker: a chunk could not be spoken, or not wholly, and the
 * playout goes on without the rest.
 *
 * @param chunk its index in the turn
 * @param failure why
 */
public record ChunkSkipped(int chunk, Failure failure) implements Message {}
