package io.voicebus.contract;

import io.voicebus.bus.Message;

/**
 * Payload of a job, playback to worker: speak this chunk.
 *
 * @param turn the turn
 * @param text what to speak
 * @param previous the speakable text before it, for prosody; may be empty
 * @param next the speakable text after it where it is known; may be empty
 * @param at where to begin in it
 * @param lastEngine who spoke the turn's last chunk, at whatever worker, as {@link Speaker} has it;
 *     empty before the first
 * @param end what ends the chunk
 */
public record SpeechJob(
    TurnContext turn,
    String text,
    String previous,
    String next,
    ResumePoint at,
    String lastEngine,
    ChunkEnd end)
    implements Message {}
