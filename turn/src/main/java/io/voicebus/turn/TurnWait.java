package io.voicebus.turn;

import io.voicebus.bus.Stage;

/**
 * What a turn waits for.
 *
 * @param stage who is to do something: {@link Stage#OWNER} is the listener, or the caller
 * @param what it is to do, in words
 * @param nanos for how long nothing has moved in the turn
 */
public record TurnWait(Stage stage, String what, long nanos) {}
