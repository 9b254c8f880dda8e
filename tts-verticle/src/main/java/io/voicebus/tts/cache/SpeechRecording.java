package io.voicebus.tts.cache;

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
  private final List<byte[]> frames = new ArrayList<>();
  private final List<SavedSpeech.Progress> progress = new ArrayList<>();
  private long bytes;
  private boolean over;

  SpeechRecording(SpeechCache cache, String key) {
    this.cache = cache;
    this.key = key;
  }

  /** The next frame, as {@link SpeechSink#frame} has it; the array is not copied. */
  synchronized void add(byte[] pcm, int spokenChars, int wordSamples) {
    if (over) {
      return;
    }
    if (bytes + pcm.length > cache.largestBytes() || !cache.reserve(pcm.length)) {
      giveUp();
      return;
    }
    bytes += pcm.length;
    frames.add(pcm);
    progress.add(new SavedSpeech.Progress(spokenChars, wordSamples));
  }

  /** The utterance is complete. */
  synchronized void save(int sampleRateHz) {
    if (!frames.isEmpty()) {
      cache.save(key, new SavedSpeech(sampleRateHz, List.copyOf(frames), List.copyOf(progress)));
    }
    giveUp();
  }

  /** Nothing more is recorded, and nothing is held. */
  synchronized void giveUp() {
    over = true;
    cache.giveBack(bytes);
    bytes = 0;
    frames.clear();
    progress.clear();
  }
}
