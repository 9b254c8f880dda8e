package io.voicebus.tts.cache;

import io.voicebus.contract.NativeBytes;
import java.util.List;

/** Speeches for tests. */
final class SavedSpeeches {
  private SavedSpeeches() {}

  /** One frame at 24 kHz. */
  static SavedSpeech of(byte[] pcm) {
    NativeBytes sound = new NativeBytes();
    sound.append(pcm);
    sound.seal();
    return new SavedSpeech(
        24_000, List.of(new SavedSpeech.Frame(pcm.length, 5, pcm.length / 2)), sound);
  }
}
