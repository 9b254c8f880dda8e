package io.voicebus.contract;

import io.voicebus.bus.Message;

/**
 * Question, {@code http} to {@code http}: what is there of the audio of a turn that the other owns?
 * Answered with {@link AudioKept}.
 *
 * @param turn which
 */
public record AudioAsk(TurnId turn) implements Message {}
