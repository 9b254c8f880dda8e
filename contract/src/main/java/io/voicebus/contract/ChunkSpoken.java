package io.voicebus.contract;

import io.voicebus.bus.Message;

/**
 * Item, chunker to owner: playback has wholly received a chunk.
 *
 * @param chunk its index in the turn
 * @param attempts how many attempts it took
 * @param waitNanos from the chunk's making to the last attempt's taking, at the chunker
 * @param firstFrameNanos from the taking to the engine's first frame, at the worker; -1 unknown
 * @param speechNanos from the taking to the last frame, at the worker; -1 unknown
 */
public record ChunkSpoken(
    int chunk, int attempts, long waitNanos, long firstFrameNanos, long speechNanos)
    implements Message {}
