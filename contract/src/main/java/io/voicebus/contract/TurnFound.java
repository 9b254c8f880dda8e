package io.voicebus.contract;

import io.voicebus.bus.Packet;

/**
 * Answer to {@link TurnSought}: here. Of several the best is taken: of the highest generation, an
 * owner before a copy, the copy that knows most.
 *
 * @param turn the turn
 * @param owner whether that is its owner, and not who keeps a copy
 * @param generation how often the turn had changed its owner
 * @param facts how many a copy has; 0 of an owner
 */
public record TurnFound(String from, TurnId turn, boolean owner, int generation, int facts)
    implements Packet {}
