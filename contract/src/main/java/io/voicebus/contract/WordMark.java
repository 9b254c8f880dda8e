package io.voicebus.contract;

import io.voicebus.bus.Message;

/**
 * Item, playback to owner: so much of a chunk's text has been spoken at this place of the playout.
 * Follows the audio in which that is.
 *
 * @param chunk whose text it is
 * @param atSample the playout's samples up to there
 * @param chars UTF-16 units of what the voice was given for the chunk that are wholly spoken
 * @param length samples of the playout from where the word began to there; 0 if that is not known
 * @param estimated whether that is reckoned from what is usual, and not told by who speaks
 */
public record WordMark(int chunk, long atSample, int chars, int length, boolean estimated)
    implements Message {
  /** One of which it is not known where the word began. */
  public WordMark(int chunk, long atSample, int chars) {
    this(chunk, atSample, chars, 0, false);
  }
}
