package io.voicebus.contract;

/**
 * What is remembered of one turn of a conversation.
 *
 * @param turn names it
 * @param prompt as it was asked; empty for a text that its caller said
 * @param answer what was heard of it so far: a beginning of the model's own text, cut at a word's
 *     end; empty where nothing was heard
 * @param state whether this may still change
 * @param revision of the newest report that this comes from; 0 before the first
 * @param beganAtMs when the turn began, by the clock on the wall of the node that remembered it;
 *     nodes' clocks differ, so an age may be wrong by as much
 */
public record PastTurn(
    TurnId turn, String prompt, String answer, State state, int revision, long beganAtMs) {

  /** The order is part of the wire format. */
  public enum State {
    /** Its listener still listens: a turn that comes after it waits a moment for its end. */
    UNDER_WAY,
    /** All of it was heard. */
    HEARD,
    /** It was interrupted, or failed: the answer is what was heard until then. */
    CUT,
    /** It failed before anything was heard: it is not remembered at all. */
    DROPPED
  }

  /** The same turn, as its owner tells of it later. */
  public PastTurn with(String newAnswer, State newState, int newRevision) {
    return new PastTurn(turn, prompt, newAnswer, newState, newRevision, beganAtMs);
  }

  /** UTF-16 units of both sides. */
  public int chars() {
    return prompt.length() + answer.length();
  }
}
