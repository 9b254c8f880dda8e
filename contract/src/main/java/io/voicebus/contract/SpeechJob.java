package io.voicebus.contract;

import io.voicebus.bus.Message;

/**
 * Payload of a job, playback to worker: speak this chunk.
 *
 * @param turn the turn
 * @param text what to speak
 * @param previous the speakable text before it, for prosody, some {@link #CONTEXT_CHARS} characters
 *     at most; may be empty
 * @param next the speakable text after it where it is known, likewise; may be empty
 * @param at where to begin in it
 * @param lastEngine who spoke the turn's last chunk, at whatever worker, as {@link Speaker} has it;
 *     empty before the first
 * @param lastEngineChunk which chunk that was
 * @param end what ends the chunk
 * @param language what the text is written in, as a two-letter code; empty if that is not known
 */
public record SpeechJob(
    TurnContext turn,
    String text,
    String previous,
    String next,
    ResumePoint at,
    String lastEngine,
    int lastEngineChunk,
    ChunkEnd end,
    String language)
    implements Message {
  /** So much of the text on either side is told; voices make no use of more. */
  public static final int CONTEXT_CHARS = 300;
}
