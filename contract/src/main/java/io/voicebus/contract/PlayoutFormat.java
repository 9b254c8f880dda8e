package io.voicebus.contract;

import io.voicebus.bus.Message;

/**
 * Item, playback to owner: precedes the first audio; fixed for the turn.
 *
 * @param sampleRateHz of signed 16-bit little-endian mono PCM
 */
public record PlayoutFormat(int sampleRateHz) implements Message {}
