package io.voicebus.contract;

import io.voicebus.bus.Message;

/**
 * Payload of a job, chunker to worker: speak this chunk.
 *
 * @param turn the turn
 * @param text what to speak
 * @param previous the speakable text before it, for prosody; may be empty
 * @param next the speakable text after it where it is known; may be empty
 * @param end what ends the chunk
 */
public record SpeechJob(TurnContext turn, String text, String previous, String next, ChunkEnd end)
    implements Message {
  /** A sentence. */
  public SpeechJob(TurnContext turn, String text, String previous, String next) {
    this(turn, text, previous, next, ChunkEnd.SENTENCE);
  }
}
