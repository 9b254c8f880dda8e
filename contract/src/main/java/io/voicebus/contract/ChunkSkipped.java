package io.voicebus.contract;

/**
 * Item, chunker to owner: a chunk could not be spoken and is left out.
 *
 * @param chunk its index in the turn
 * @param failure why
 */
public record ChunkSkipped(int chunk, Failure failure) implements Message {}
