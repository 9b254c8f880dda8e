package io.voicebus.contract;

import io.voicebus.bus.Message;

/**
 * Item, owner to playback: how far the listener has heard, by its own report.
 *
 * @param playedMs audio played since the turn's first sample, in milliseconds
 * @param paused whether the listener has paused
 */
public record Position(long playedMs, boolean paused) implements Message {}
