package io.voicebus.http.api;

import io.voicebus.http.wire.JsonText;

/** One client's WebSocket, for the one who answers there. NOT thread safe. */
public interface SessionSocket {
  /** Whether the client takes nothing more for now; {@link SocketSession#drained} follows. */
  boolean full();

  /** Sends a message of a turn. */
  void send(JsonText message);

  /** Answers the client; nothing more is read of it while it takes no answers. */
  void answer(JsonText message);

  /** Sends samples as they are; not to be changed. */
  void audio(byte[] pcm);

  /** What waits of what the client wrote has become less, or more. */
  void waitingChanged();

  /** All is done that will be, since the server stops: closes the socket. */
  void finished();
}
