package io.voicebus.contract;

import io.voicebus.bus.Message;

/**
 * Item, playback to owner: so much of a chunk's text has been spoken at this place of the playout.
 * Follows the audio in which that is. Only where the engine tells timings.
 *
 * @param chunk whose text it is
 * @param atSample the playout's samples up to there
 * @param chars UTF-16 units of what the voice was given for the chunk that are wholly spoken
 */
public record WordMark(int chunk, long atSample, int chars) implements Message {}
