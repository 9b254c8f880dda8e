package io.voicebus.queue;

import io.voicebus.bus.Message;

/**
 * What a simulated job asks for.
 *
 * @param from the first unit that is lacking
 * @param units how many there are
 */
public record SimPayload(int from, int units) implements Message {}
