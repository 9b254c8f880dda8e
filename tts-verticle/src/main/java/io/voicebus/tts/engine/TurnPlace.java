package io.voicebus.tts.engine;

import io.voicebus.contract.Pace;

/**
 * An utterance's place in its turn.
 *
 * @param turn id of the turn, whose utterances share one voice; empty for no turn
 * @param chunk index of the chunk in the turn, from 0
 * @param first whether the listener has heard nothing of the turn yet
 * @param pace whether the listener takes the audio in real time or as fast as it is made
 * @param dueInMs time until the listener needs it, in milliseconds; the earliest goes first
 * @param engine the engine that playback has chosen for the turn, as long as it can speak; empty
 *     for any engine
 * @param decision number of playback's latest choice, from 1; 0 if it has not chosen
 */
public record TurnPlace(
    String turn, int chunk, boolean first, Pace pace, long dueInMs, String engine, int decision) {

  /** The place of an utterance outside of a turn. */
  public static final TurnPlace NONE = new TurnPlace("", 0, false, Pace.REALTIME, 0, "", 0);

  /** The place of a chunk that is due now. */
  public static TurnPlace of(String turn, int chunk) {
    return new TurnPlace(turn, chunk, chunk == 0, Pace.REALTIME, 0, "", 0);
  }

  /** A copy with the engine that playback has chosen. */
  public TurnPlace by(String decided, int itsDecision) {
    return new TurnPlace(turn, chunk, first, pace, dueInMs, decided, itsDecision);
  }

  /** A copy with another pace and due time. */
  public TurnPlace due(Pace otherPace, long inMs) {
    return new TurnPlace(turn, chunk, first, otherPace, inMs, engine, decision);
  }
}
