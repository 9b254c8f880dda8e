package io.voicebus.tts.failover;

import io.voicebus.tts.engine.SpeechSink;
import java.util.ArrayList;
import java.util.List;

/**
 * Frames of an engine that speaks in competition with another one: they are held back until the
 * engine is heard, since silence wins no race. NOT thread-safe.
 */
final class HeldFrames {
  /** Amplitude of 16-bit samples below which a frame is silent. */
  private static final int AUDIBLE = 256;

  /** A frame of an engine, see {@link SpeechSink#frame}. */
  @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
  private record Held(byte[] pcm, int spokenChars, int wordSamples) {}

  private final List<Held> held = new ArrayList<>();

  /** Whether a frame of whole samples can be heard. */
  static boolean isAudible(byte[] pcm) {
    for (int i = 0; i + 1 < pcm.length; i += 2) {
      if (Math.abs((pcm[i] & 0xff) | pcm[i + 1] << 8) >= AUDIBLE) {
        return true;
      }
    }
    return false;
  }

  /** Holds a frame back. */
  void add(byte[] pcm, int spokenChars, int wordSamples) {
    held.add(new Held(pcm, spokenChars, wordSamples));
  }

  /** Hands over all frames that are held, in their order. */
  void release(SpeechSink sink) {
    held.forEach(one -> sink.frame(one.pcm(), one.spokenChars(), one.wordSamples()));
    held.clear();
  }
}
