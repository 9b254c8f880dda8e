package io.voicebus.contract;

import io.voicebus.bus.Failure;
import io.voicebus.bus.Message;

/**
 * Item, text source to owner, and fact of a turn: no more text comes, and the turn fails once what
 * there is was heard.
 *
 * @param why the turn's failure then
 */
public record TextBrokeOff(Failure why) implements Message {}
