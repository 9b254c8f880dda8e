package io.voicebus.tts;

import io.voicebus.bus.FailureKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ObjIntConsumer;

/**
 * Frames of an engine that does not tell when its words end: cut where they should, by the
 * proportion of time, so that another engine can go on at about the right word. The last word is
 * over only with the last sample. NOT thread-safe.
 */
final class PacedWords implements SpeechSink {
  private final String text;
  private final SpeechEngine speaker;
  private final SpeakingPace pace;
  private final ObjIntConsumer<byte[]> frames;
  private final WordFrames words;
  private Optional<ElevenTiming> guess;
  private long samples;

  PacedWords(String text, SpeechEngine speaker, SpeakingPace pace, ObjIntConsumer<byte[]> frames) {
    this.text = text;
    this.speaker = speaker;
    this.pace = pace;
    this.frames = frames;
    this.words = new WordFrames(text, speaker.traits().sampleRateHz(), this);
    this.guess = guess(pace.msPerChar(speaker.name()));
  }

  /** Of all words but the last; none where there is but one. */
  private Optional<ElevenTiming> guess(double msPerChar) {
    int last = text.stripTrailing().length();
    while (last > 0 && !Character.isWhitespace(text.charAt(last - 1))) {
      last--;
    }
    List<String> chars = new ArrayList<>(last);
    List<Double> ends = new ArrayList<>(last);
    for (int i = 0; i < last; i++) {
      chars.add(text.substring(i, i + 1));
      ends.add((i + 1) * msPerChar);
    }
    return chars.isEmpty()
        ? Optional.empty()
        : Optional.of(new ElevenTiming(chars, 0, ends, false));
  }

  void accept(byte[] pcm) {
    samples += pcm.length / 2;
    Optional<ElevenTiming> once = guess;
    guess = Optional.empty();
    words.accept(pcm, once);
  }

  /** The utterance was said to its end. */
  void learn() {
    pace.learn(speaker.name(), text.length(), 1_000.0 * samples / speaker.traits().sampleRateHz());
  }

  @Override
  public void frame(byte[] pcm, int spokenChars) {
    frames.accept(pcm, spokenChars);
  }

  @Override
  public void end() {}

  @Override
  public void fail(FailureKind kind, String detail) {}
}
