package io.voicebus.contract;

import io.voicebus.bus.Message;

/**
 * Item, playback to owner and owner to chunker: a chunk is wholly received.
 *
 * @param chunk its index in the turn
 * @param attempts how many attempts it took
 * @param waitNanos from the chunk's coming to the last attempt's taking, at playback
 * @param firstFrameNanos from the taking to the engine's first frame, at the worker; -1 unknown
 * @param speechNanos from the taking to the last frame, at the worker; -1 unknown
 */
public record ChunkSpoken(
    int chunk, int attempts, long waitNanos, long firstFrameNanos, long speechNanos)
    implements Message {}
