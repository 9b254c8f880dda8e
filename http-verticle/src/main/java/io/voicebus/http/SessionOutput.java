package io.voicebus.http;

import io.voicebus.http.wire.JsonText;

/** Where a session's messages go. */
interface SessionOutput {
  /** Whether the client takes nothing more for now. */
  boolean full();

  /** Sends a message of a turn. */
  void send(JsonText message);

  /** Answers the client; nothing more is read of it while it takes no answers. */
  void answer(JsonText message);

  /** Sends samples as they are; not to be changed. */
  void audio(byte[] pcm);

  /** What waits of the client's text has become less, or more. */
  void waitingChanged();

  /** The session has done all that it will, since the server stops. */
  void finished();
}
