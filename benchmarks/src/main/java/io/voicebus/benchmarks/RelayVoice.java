package io.voicebus.benchmarks;

import io.vertx.core.buffer.Buffer;

/** How the relay gets speech. Lives on one context. */
interface RelayVoice {
  /** Takes one utterance's audio. */
  interface Sink {
    void audio(Buffer pcm);

    void done();

    void failed(Throwable why);
  }

  /** Has a text spoken, beginning at once. */
  void speak(String text, Sink sink);
}
