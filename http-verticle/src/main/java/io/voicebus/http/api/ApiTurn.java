package io.voicebus.http.api;

import io.voicebus.contract.TurnId;
import io.voicebus.turn.TextFeed;
import org.jspecify.annotations.Nullable;

/** One turn, for the one who gets its audio. NOT thread safe. */
public interface ApiTurn {
  /** Its name. */
  TurnId id();

  /** The way to write the text of a feed that goes on; else null. */
  @Nullable TextFeed feed();

  /** The client takes more again. */
  void drained();

  /**
   * Its client keeps so much of its audio, in bytes, until it has all of it.
   *
   * @return whether the process has room for so much
   */
  boolean keeps(long bytes);

  /** The client's connection was lost: nothing more is given, and it may ask again. */
  void detach();

  /** Ends the turn, unless it has ended. */
  void cancel(String why);
}
