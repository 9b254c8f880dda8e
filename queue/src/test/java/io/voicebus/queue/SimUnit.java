package io.voicebus.queue;

import io.voicebus.bus.Message;

/**
 * A unit of a simulated result.
 *
 * @param number counts from 0
 * @param of how many there are
 */
public record SimUnit(int number, int of) implements Message {}
