package io.voicebus.contract;

import io.voicebus.bus.Message;

/** Fact of a turn: what was written behind its last chunk so far is taken back. */
public record TextTakenBack() implements Message {}
