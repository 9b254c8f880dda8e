package io.voicebus.contract;

import io.voicebus.bus.Message;

/**
 * Item, to a turn's owner from who asked with {@link TurnListen}: the client ends the turn.
 *
 * @param why in words
 */
public record TurnCancel(String why) implements Message {}
