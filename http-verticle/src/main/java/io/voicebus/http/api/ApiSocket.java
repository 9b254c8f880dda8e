package io.voicebus.http.api;

import io.voicebus.http.wire.JsonText;

/**
 * One client's WebSocket, as its {@link SocketSession} sees it. A session that checks {@link #full}
 * bounds what waits for a client that does not read. NOT thread safe: bound to the server's event
 * loop.
 */
public interface ApiSocket {
  /** Whether the client accepts nothing more now; {@link SocketSession#drained} follows. */
  boolean full();

  /** Sends a message that is not the answer to one of the client's, such as audio. */
  void send(JsonText message);

  /**
   * Answers one of the client's messages. While a client does not read its answers, its messages
   * are not read.
   */
  void answer(JsonText message);

  /** Sends samples as a binary message. They must not be changed afterwards. */
  void audio(byte[] pcm);

  /** {@link SocketSession#isAhead} may have changed. */
  void waitingChanged();

  /** Whether the client's messages are read now. */
  boolean isRead();

  /** The session has finished because the server stops: closes the socket. */
  void finished();

  /**
   * Closes the socket; {@link SocketSession#gone} follows. Further calls have no effect.
   *
   * @param code the WebSocket's close code
   * @param reason cut where it is too long or not ASCII
   */
  void close(int code, String reason);

  /** Runs an action after everything that has arrived by now was handled. */
  void soon(Runnable action);

  /**
   * Runs an action repeatedly while the socket is open. Call it once.
   *
   * @param ms the interval in milliseconds
   */
  void every(long ms, Runnable action);

  /** The time on a monotonic clock, in milliseconds. */
  long nowMs();
}
