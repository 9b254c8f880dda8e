package io.voicebus.playback;

import io.voicebus.contract.PlayoutMark;

/** Where a playout goes. Nothing here blocks. */
interface PlayoutSink {
  /** Whether to wait; whoever owns the sink pumps the playout when it takes more. */
  boolean full();

  /** Precedes the first audio. */
  void format(int sampleRateHz);

  /** The next piece; the array is handed over. */
  void audio(int chunk, byte[] pcm);

  void mark(PlayoutMark mark);

  /** Everything has been given. */
  void end();

  /** Nothing of what was given is to be heard any more. */
  void cancel();
}
