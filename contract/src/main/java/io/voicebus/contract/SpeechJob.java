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
 * @param voice who is to speak it as long as that is possible, as {@link Speaker} has it, without
 *     the rate; empty for any voice, before the turn is heard
 * @param decision how often it was decided who speaks the turn; 0 before the first time
 * @param end what ends the chunk
 * @param language what the text is written in, as a two-letter code; empty if that is not known
 */
public record SpeechJob(
    TurnContext turn,
    String text,
    String previous,
    String next,
    ResumePoint at,
    String voice,
    int decision,
    ChunkEnd end,
    String language)
    implements Message {
  /** So much of the text on either side is told; voices make no use of more. */
  public static final int CONTEXT_CHARS = 300;
}
