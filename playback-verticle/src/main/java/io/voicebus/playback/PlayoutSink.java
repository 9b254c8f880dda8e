package io.voicebus.playback;

import io.voicebus.contract.PlayoutMark;
import io.voicebus.contract.Underrun;
import io.voicebus.contract.WordMark;

/** Where a playout goes. Nothing here blocks. */
interface PlayoutSink {
  /** Whether to wait; the owner of the sink pumps the playout when the sink takes more. */
  boolean full();

  /** Precedes the first audio. */
  void format(int sampleRateHz);

  /** The next piece; the array is handed over. */
  void audio(int chunk, byte[] pcm);

  void mark(PlayoutMark mark);

  /** Follows the audio in which the word ends, where timings are known. */
  void word(WordMark word);

  /** The listener has waited for the audio that follows. */
  default void underrun(Underrun underrun) {}

  /** Everything has been given. */
  void end();

  /** Nothing of what was given is to be heard any more. */
  void cancel();
}
