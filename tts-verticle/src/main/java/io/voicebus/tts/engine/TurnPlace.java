package io.voicebus.tts.engine;

import io.voicebus.contract.Pace;

/**
 * Where in a turn an utterance stands.
 *
 * @param turn names what it belongs to, so that it is spoken by one voice; empty for nothing
 * @param chunk which of the turn's chunks it is, from 0
 * @param first whether somebody waits for the turn's first sound
 * @param pace how the turn is listened to: as it is spoken, or as fast as it can be had
 * @param dueInMs how long until it is to be heard: what is due first goes first
 * @param engine who is to speak it as long as that is possible, as the turn's receiver has decided;
 *     empty for any engine
 * @param decision how often it has decided that; 0 for never
 */
public record TurnPlace(
    String turn, int chunk, boolean first, Pace pace, long dueInMs, String engine, int decision) {

  /** Of what belongs to nothing. */
  public static final TurnPlace NONE = new TurnPlace("", 0, false, Pace.REALTIME, 0, "", 0);

  /** Of one chunk of a turn that is due now. */
  public static TurnPlace of(String turn, int chunk) {
    return new TurnPlace(turn, chunk, chunk == 0, Pace.REALTIME, 0, "", 0);
  }

  /** The same, where it was decided who is to speak it. */
  public TurnPlace by(String decided, int itsDecision) {
    return new TurnPlace(turn, chunk, first, pace, dueInMs, decided, itsDecision);
  }

  /** The same, at another pace and time. */
  public TurnPlace due(Pace otherPace, long inMs) {
    return new TurnPlace(turn, chunk, first, otherPace, inMs, engine, decision);
  }
}
