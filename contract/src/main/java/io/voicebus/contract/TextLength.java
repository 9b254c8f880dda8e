package io.voicebus.contract;

import io.voicebus.bus.Message;

/**
 * Item, chunker to owner and owner to playback: the text is complete.
 *
 * @param chunks how many chunks it made; 0 when nothing of it can be spoken
 */
public record TextLength(int chunks) implements Message {}
