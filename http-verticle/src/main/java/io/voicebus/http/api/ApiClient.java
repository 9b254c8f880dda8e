package io.voicebus.http.api;

import io.voicebus.contract.WordMark;
import io.voicebus.turn.TurnEvent;

/** What gets a turn's audio and events, on the server's event loop. */
public interface ApiClient {
  /** Whether it takes no more audio for now; {@link ApiTurn#drained} says that it does again. */
  boolean full();

  /** Comes once, before the first audio: signed 16-bit little-endian mono PCM of this rate. */
  void format(int sampleRateHz);

  /** The next piece, whole samples; not to be changed. */
  void audio(byte[] pcm);

  /** What happens, also while it is full: as much as a turn is ahead of its listener. */
  void event(TurnEvent event);

  /** So much of a chunk's text has been spoken; comes after its audio, where engines tell it. */
  default void word(WordMark word) {}

  /** The turn is over and everything of it was given, unless it failed; called last. */
  void ended(TurnEvent.Ended end);

  /** Nothing more comes, since it took nothing for too long; called last. */
  void dismissed();
}
