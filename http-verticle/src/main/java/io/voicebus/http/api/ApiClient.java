package io.voicebus.http.api;

import io.voicebus.contract.WordMark;
import io.voicebus.turn.TurnEvent;

/** Receives a turn's audio and events, on the server's event loop. */
public interface ApiClient {
  /**
   * Whether it accepts no more audio now; it reports with {@link ApiTurn#drained} when it does
   * again.
   */
  boolean full();

  /**
   * Sets the sample rate of the audio, which is signed 16-bit little-endian mono PCM. Comes once,
   * before the first audio.
   */
  void format(int sampleRateHz);

  /** The next piece of audio, in whole samples. It must not be changed. */
  void audio(byte[] pcm);

  /**
   * An event of the turn. It may come while this client is full; their number is bounded by how far
   * a turn runs ahead of its listener.
   */
  void event(TurnEvent event);

  /**
   * The position in a chunk's text that has been spoken. Comes after its audio, if the engine
   * reports times of words.
   */
  default void word(WordMark word) {}

  /**
   * The turn has ended; unless it failed, all of its audio was passed on. This is the last call.
   */
  void ended(TurnEvent.Ended end);

  /**
   * The turn was ended because this client accepted nothing for too long. This is the last call.
   */
  void dismissed();
}
