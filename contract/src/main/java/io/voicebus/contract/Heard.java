package io.voicebus.contract;

import io.voicebus.bus.Message;

/**
 * Question, owner to a text source, answered by a {@link ConversationAnswer}: what was heard of a
 * turn, at its end and as long as its listener still plays what was sent.
 *
 * @param conversation the turn's
 * @param turn the turn
 * @param revision counts the turn's reports, from 1: an older one that comes late is of no matter
 * @param answer what was heard so far, at most {@link Conversation#MAX_ANSWER_CHARS}
 * @param state whether more may come
 */
public record Heard(
    String conversation, TurnId turn, int revision, String answer, PastTurn.State state)
    implements Message {}
