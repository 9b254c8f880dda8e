package io.voicebus.contract;

import io.voicebus.bus.Message;

/**
 * Item, playback to owner: where the playout stands.
 *
 * @param kind what happened
 * @param chunk of which chunk
 * @param atSample the playout's samples before it
 */
public record PlayoutMark(Kind kind, int chunk, long atSample) implements Message {
  /** The order is part of the wire format. */
  public enum Kind {
    /** Playback received the turn's first frame. */
    FIRST_FRAME,
    /** The chunk's first sample comes next. */
    CHUNK_START,
    /** The chunk's last sample went before. */
    CHUNK_END,
    /** The sound card or the file took the turn's first sample. */
    FIRST_AUDIO
  }
}
