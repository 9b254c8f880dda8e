package io.voicebus.http.api;

import io.voicebus.http.wire.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Handles the messages of one client's {@link ApiSocket}, turn after turn, on the server's event
 * loop.
 */
public interface SocketSession {
  /** The socket is open. */
  void begin();

  /**
   * Handles a text message.
   *
   * @throws RuntimeException for a wrong message; it is passed to {@link #tellError}
   */
  void message(String text);

  /** Reports an error to the client: a message is binary, or {@link #message} has thrown. */
  void tellError(Problem problem);

  /** Whether so much text waits that the client should not be read now. */
  boolean isAhead();

  /** Whether the listener has paused, by its own report, and the pause is still allowed. */
  default boolean paused() {
    return false;
  }

  /**
   * The client's messages are not read for a moment: a client that reports its playback is assumed
   * to play on.
   *
   * @param ms milliseconds since it was read
   */
  default void playsOn(long ms) {}

  /** The client accepts more again. */
  void drained();

  /** The server stops: running turns may finish, and no other may begin. */
  void stopping();

  /**
   * The socket is closed, by either side. This is the last call.
   *
   * @param why the reason, if the client or the server has closed it; null if the connection was
   *     lost
   */
  void gone(@Nullable String why);
}
