package io.voicebus.contract;

/**
 * Part of a {@link Frame}: so much of the chunk's text is wholly spoken at one of its samples.
 *
 * @param samples of the frame up to there, 0 to all of them
 * @param chars UTF-16 units of the chunk's text that are wholly spoken there
 */
public record WordEnd(int samples, int chars) {}
