package io.voicebus.contract;

import io.voicebus.bus.Message;

/**
 * Item, owner to playback: nobody listens for now, or somebody does again. Meanwhile nothing more
 * is to be spoken than what workers have begun.
 *
 * @param away whether the listener's connection is lost
 */
public record ListenerAway(boolean away) implements Message {}
