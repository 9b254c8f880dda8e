package io.voicebus.http;

import io.voicebus.bus.Failure;
import org.jspecify.annotations.Nullable;

/** What gets a turn's audio and events: a client's response, or another instance that has it. */
interface TurnClient {
  /** Whether it takes nothing more for now. */
  boolean full();

  /** Comes before the first audio. */
  void format(int sampleRateHz);

  /** The next piece; not to be changed. */
  void audio(int chunk, byte[] pcm);

  /**
   * The next event.
   *
   * @param dropped how many before it are missing
   */
  void event(long dropped, long id, EventJson event);

  /** The turn is over and everything of it was given, unless it failed; called last. */
  void ended(@Nullable Failure why);

  /**
   * Nothing more comes, though the turn may go on: its listener has come back over another
   * connection, or this one takes nothing; called last.
   */
  void dismissed();

  /**
   * The turn's owner cannot be reached any more, or has given the turn to another node: the client
   * may come back; called last.
   */
  void lost();
}
