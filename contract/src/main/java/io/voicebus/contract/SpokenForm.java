package io.voicebus.contract;

/**
 * A part of a chunk's text that the voice is given otherwise, such as a number in words. Offsets
 * are UTF-16 units, ends exclusive.
 *
 * @param start where it starts in the text
 * @param end where it ends in the text
 * @param saidStart where it starts in what the voice is given
 * @param saidEnd where it ends in what the voice is given
 */
public record SpokenForm(int start, int end, int saidStart, int saidEnd) {}
