package io.voicebus.contract;

import io.voicebus.bus.Message;

/**
 * Item, any stage to owner: one of its own durations.
 *
 * @param name what was measured, in lower-case-dashed words
 * @param nanos the duration, on the stage's own clock
 */
public record StageTiming(String name, long nanos) implements Message {}
