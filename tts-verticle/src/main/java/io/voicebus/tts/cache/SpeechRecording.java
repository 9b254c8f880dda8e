package io.voicebus.tts.cache;

import io.voicebus.contract.NativeBytes;
import io.voicebus.tts.engine.SpeechSink;
import java.util.ArrayList;
import java.util.List;

/**
 * What is being said, to be said again later. All of a {@link SpeechCache} hold so much together,
 * since hundreds of utterances may be under way: one for which there is no room is given up, and
 * nothing is kept of it. Thread-safe.
 */
final class SpeechRecording {
  private final SpeechCache cache;
  private final String key;
  private final NativeBytes sound = new NativeBytes();
  private final List<SavedSpeech.Frame> frames = new ArrayList<>();
  private long bytes;
  private boolean over;

  SpeechRecording(SpeechCache cache, String key) {
    this.cache = cache;
    this.key = key;
  }

  /** The next frame, as {@link SpeechSink#frame} has it. */
  synchronized void add(byte[] pcm, int spokenChars, int wordSamples) {
    if (over) {
      return;
    }
    if (bytes + pcm.length > cache.largestBytes() || !cache.reserve(pcm.length)) {
      giveUp();
      return;
    }
    bytes += pcm.length;
    sound.append(pcm);
    frames.add(new SavedSpeech.Frame(pcm.length, spokenChars, wordSamples));
  }

  /** The utterance is complete. */
  synchronized void save(int sampleRateHz) {
    sound.seal();
    NativeBytes all = frames.isEmpty() ? null : sound.share(0, sound.end());
    if (all != null) {
      cache.save(key, new SavedSpeech(sampleRateHz, List.copyOf(frames), all));
    }
    giveUp();
  }

  /** Nothing more is recorded, and nothing is held. */
  synchronized void giveUp() {
    over = true;
    cache.giveBack(bytes);
    bytes = 0;
    frames.clear();
    sound.close();
  }
}
