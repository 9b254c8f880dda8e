package io.voicebus.http.api;

/**
 * A client's WebSocket, for one who speaks a protocol of text messages over it. What waits for a
 * client that does not read is bounded, where {@link #full} is minded. NOT thread safe: bound to
 * the server's event loop.
 */
public interface ApiSocket {
  /** Whether the client is to read first. */
  boolean full();

  /** Sends what the client has not asked for with a message of its own, such as audio. */
  void send(String text);

  /** Answers a message: a client that does not read its answers is not read either. */
  void answer(String text);

  /** More or less waits than before: see {@link ApiSocketClient#isAhead}. */
  void waitingChanged();

  /** Whether the client is read. */
  boolean isRead();

  /**
   * Closes it, once; {@link ApiSocketClient#gone} follows.
   *
   * @param reason what is longer, or no ASCII, is cut
   */
  void close(int code, String reason);

  /** Calls back after all that has come by now. */
  void soon(Runnable action);

  /** Calls back again and again, as long as the socket is open. */
  void every(long ms, Runnable action);

  /** Milliseconds of a monotonic clock. */
  long nowMs();
}
