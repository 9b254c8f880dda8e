package io.voicebus.contract;

import io.voicebus.bus.Message;

/**
 * Question, owner to a text source, answered by a {@link ConversationAnswer} without anything: a
 * text begins that its caller says, without a prompt. {@link Heard} tells what is heard of it.
 *
 * @param conversation the turn's
 * @param turn the turn
 */
public record TextBegun(String conversation, TurnId turn) implements Message {}
