package io.voicebus.contract;

import io.voicebus.bus.Message;

/** Fact of a turn: its text is whole. */
public record TextEnded() implements Message {}
