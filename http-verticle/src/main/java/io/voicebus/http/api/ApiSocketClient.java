package io.voicebus.http.api;

/** Who speaks a protocol over an {@link ApiSocket}. */
public interface ApiSocketClient {
  /** A text message came. */
  void message(String text);

  /** A binary message came, which no such protocol has. */
  void binary();

  /** The client takes more again. */
  void drained();

  /** Whether so much waits here that no more is to be read of the client. */
  boolean isAhead();

  /** The server stops: what is under way may end, nothing else may begin. */
  void stopping();

  /** The socket is closed, by whomever; called once, last. */
  void gone();
}
