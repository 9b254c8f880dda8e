package io.voicebus.bus;

/**
 * The part of the pipeline that reports something. The order is part of the wire format: add new
 * stages at the end.
 */
public enum Stage {
  /** The {@code http} or {@code say} instance that accepted the turn. */
  OWNER,
  /** The text source: a model, or the reader. */
  TEXT,
  /** Deltas to chunks. */
  CHUNKER,
  /** Chunks to frames. */
  SPEECH,
  /** Frames to the ordered playout. */
  PLAYBACK
}
