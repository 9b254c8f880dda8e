package io.voicebus.contract;

import io.voicebus.bus.Message;

/** Part of {@link CopiedFacts}: one of them. */
public record CopiedFact(Message fact) {}
