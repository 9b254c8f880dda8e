package io.voicebus.contract;

import io.voicebus.bus.Message;

/**
 * Item, text source to owner, and fact of a turn: its text is whole. A source that is not sure of
 * that leaves its link open for a while, and may still say {@link TextBrokeOff}.
 */
public record TextEnded() implements Message {}
