package io.voicebus.http.api;

import io.voicebus.contract.TurnId;

/** One turn, for the one who gets its audio. NOT thread safe. */
public interface ApiTurn {
  /** Its name. */
  TurnId id();

  /** The client takes more again. */
  void drained();

  /** Ends the turn, unless it has ended. */
  void cancel(String why);
}
