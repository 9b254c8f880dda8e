package io.voicebus.contract;

import io.voicebus.bus.Message;

/**
 * Item, owner to playback: the turn has this many chunks, so the playout ends after the last.
 *
 * @param chunks 0 or more
 */
public record PlayoutLength(int chunks) implements Message {}
