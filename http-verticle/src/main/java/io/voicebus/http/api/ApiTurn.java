package io.voicebus.http.api;

import io.voicebus.contract.TurnId;
import io.voicebus.turn.TextFeed;
import org.jspecify.annotations.Nullable;

/** One turn, as the receiver of its audio sees it. NOT thread safe. */
public interface ApiTurn {
  /** The turn's id. */
  TurnId id();

  /** Writes the text of a feed that has not ended; null for other turns. */
  @Nullable TextFeed feed();

  /** The client accepts more audio again. */
  void drained();

  /**
   * Reserves memory for audio that the client keeps until it has all of it.
   *
   * @param bytes the total size
   * @return whether the process has room for it
   */
  boolean keeps(long bytes);

  /** The client's connection was lost: it gets nothing more, and may come back for the rest. */
  void detach();

  /** Cancels the turn, unless it has ended. */
  void cancel(String why);
}
