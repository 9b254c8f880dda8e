package io.voicebus.contract;

import io.voicebus.bus.Message;

/**
 * Head, text source to chunker: the deltas of this turn follow.
 *
 * @param turn the turn
 */
public record TextOpen(TurnContext turn) implements Message {}
