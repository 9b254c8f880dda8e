package io.voicebus.http.api;

import io.voicebus.http.wire.Problem;
import org.jspecify.annotations.Nullable;

/** What is said over one client's WebSocket, turn after turn, on the server's event loop. */
public interface SocketSession {
  /** The client is there. */
  void begin();

  /**
   * Does what a message says.
   *
   * @throws RuntimeException says what is wrong with it, and is given to {@link #tellError}
   */
  void message(String text);

  /** Something cannot be done; the session goes on. */
  void tellError(Problem problem);

  /** Whether so much waits that no more is to be read of the client. */
  boolean isAhead();

  /** Whether the listener has paused, by its own report, and may still. */
  boolean paused();

  /**
   * What the client says is not read for a moment: if it reports what it plays, it plays on.
   *
   * @param ms since it was read
   */
  void playsOn(long ms);

  /** The client takes more. */
  void drained();

  /** The server stops: what is under way may finish. */
  void drain();

  /**
   * The client has gone.
   *
   * @param why of one that has gone on purpose, or must go; null of a connection that was lost
   */
  void close(@Nullable String why);
}
