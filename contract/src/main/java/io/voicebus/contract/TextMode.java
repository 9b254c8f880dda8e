package io.voicebus.contract;

/**
 * Where a turn's text comes from. The order is part of the wire format: add new ones at the end.
 */
public enum TextMode {
  /** The text source answers the prompt: a model, or, where none is set up, the reader reads it. */
  AS_CONFIGURED,
  /** A model answers the prompt; where none is set up the turn fails. */
  ASK,
  /** The text is the caller's own, and is spoken: Markdown, cut by the chunker. */
  SAY,
  /**
   * The text is the caller's own, without Markdown, and the caller cuts it: what is between two
   * flushes is one chunk, unless it is too long for one.
   */
  VERBATIM;

  /** Whether the caller gives the text, so that no text source is needed. */
  public boolean isGiven() {
    return this == SAY || this == VERBATIM;
  }
}
