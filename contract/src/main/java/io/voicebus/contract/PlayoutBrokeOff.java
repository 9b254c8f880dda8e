package io.voicebus.contract;

import io.voicebus.bus.Failure;
import io.voicebus.bus.Message;

/**
 * Last item, playback to owner: the rest cannot be spoken. The audio before this item is still to
 * be heard; then the owner ends the turn, and closes the link.
 */
public record PlayoutBrokeOff(Failure why) implements Message {}
