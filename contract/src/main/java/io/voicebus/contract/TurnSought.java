package io.voicebus.contract;

import io.voicebus.bus.Packet;

/**
 * Published by an {@code http} instance whose client asks for a turn whose owner does not answer:
 * who owns it now, or keeps a copy? Answered by {@link TurnFound}, or not at all.
 *
 * @param turn the turn
 */
public record TurnSought(String from, TurnId turn) implements Packet {}
