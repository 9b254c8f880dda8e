package io.voicebus.http.api;

import io.voicebus.http.wire.JsonText;

/**
 * One client's WebSocket, for the {@link SocketSession} that answers there. What waits for a client
 * that does not read is bounded, where {@link #full} is minded. NOT thread safe: bound to the
 * server's event loop.
 */
public interface ApiSocket {
  /** Whether the client takes nothing more for now; {@link SocketSession#drained} follows. */
  boolean full();

  /** Sends what the client has not asked for with a message of its own, such as audio. */
  void send(JsonText message);

  /** Answers a message: a client that does not read its answers is not read either. */
  void answer(JsonText message);

  /** Sends samples as they are; not to be changed. */
  void audio(byte[] pcm);

  /** More or less waits than before: see {@link SocketSession#isAhead}. */
  void waitingChanged();

  /** Whether the client is read. */
  boolean isRead();

  /** All is done that will be, since the server stops: closes the socket. */
  void finished();

  /**
   * Closes it, once; {@link SocketSession#gone} follows.
   *
   * @param reason what is longer, or no ASCII, is cut
   */
  void close(int code, String reason);

  /** Calls back after all that has come by now. */
  void soon(Runnable action);

  /** Calls back again and again, as long as the socket is open; to be called once. */
  void every(long ms, Runnable action);

  /** Milliseconds of a monotonic clock. */
  long nowMs();
}
