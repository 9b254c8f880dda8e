package io.voicebus.contract;

import io.voicebus.bus.Failure;
import io.voicebus.bus.Message;

/**
 * Last item, playback to owner: what follows cannot be spoken. What could be went before, and is to
 * be heard; the owner ends the turn, and closes the link.
 */
public record PlayoutBrokeOff(Failure why) implements Message {}
