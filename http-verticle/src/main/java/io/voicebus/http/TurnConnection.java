package io.voicebus.http;

import io.voicebus.contract.TurnAccepted;

/** One client's connection to one turn, whichever instance owns the turn. NOT thread safe. */
interface TurnConnection {
  /** What the client gets. */
  TurnAccepted accepted();

  /** Begins to receive audio and events. */
  void start();

  /** The client takes more. */
  void drained();

  /** The listener's own report. */
  void position(PositionJson position);

  /** Whether the listener has paused, by its own report, and may still. */
  boolean paused();

  /** Ends the turn. */
  void cancel(String why);

  /**
   * The client's connection is gone without a word: if it had the audio, it may come back. Also
   * after the turn's end, when not all was sent that was given.
   */
  void gone();
}
