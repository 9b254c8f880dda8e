package io.voicebus.http.api;

import io.voicebus.http.wire.Problem;
import org.jspecify.annotations.Nullable;

/**
 * What is said over one client's {@link ApiSocket}, turn after turn, on the server's event loop.
 */
public interface SocketSession {
  /** The client is there. */
  void begin();

  /**
   * Does what a text message says.
   *
   * @throws RuntimeException says what is wrong with it, and is given to {@link #tellError}
   */
  void message(String text);

  /** A message cannot be served, since it is binary, or since {@link #message} said so. */
  void tellError(Problem problem);

  /** Whether so much waits that no more is to be read of the client. */
  boolean isAhead();

  /** Whether the listener has paused, by its own report, and may still. */
  default boolean paused() {
    return false;
  }

  /**
   * What the client says is not read for a moment: if it reports what it plays, it plays on.
   *
   * @param ms since it was read
   */
  default void playsOn(long ms) {}

  /** The client takes more again. */
  void drained();

  /** The server stops: what is under way may finish, nothing else may begin. */
  void stopping();

  /**
   * The socket is closed, by whomever; called once, last.
   *
   * @param why of a client that has gone on purpose, or must go; null if its connection was lost
   */
  void gone(@Nullable String why);
}
