package io.voicebus.contract;

import io.voicebus.bus.Packet;

/**
 * Answer to {@link TurnSought}: here.
 *
 * @param turn the turn
 * @param owner whether that is its owner, and not who keeps a copy
 */
public record TurnFound(String from, TurnId turn, boolean owner) implements Packet {}
