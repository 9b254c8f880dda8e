package io.voicebus.tts;

import io.voicebus.bus.FailureKind;
import io.voicebus.contract.Words;
import io.voicebus.tts.engine.SpeechSink;
import io.voicebus.tts.sound.CharTimes;
import io.voicebus.tts.sound.WordFrames;
import io.voicebus.tts.time.SpeakingPace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.ObjIntConsumer;

/**
 * Frames of an engine that does not tell when its words end: cut where they should, by the
 * proportion of time, so that another engine can go on at about the right word. The last word is
 * over only with the last sample. NOT thread-safe.
 */
final class PacedWords implements SpeechSink {
  /** Amplitude of 16-bit samples from which a sound is audible. */
  private static final int AUDIBLE = 256;

  /** A word that is heard twice is better than one that is lost: the guess is on the late side. */
  private static final double LATE = 1.15;

  private final String text;
  private final String speaker;
  private final int sampleRateHz;
  private final double speed;
  private final SpeakingPace pace;
  private final ObjIntConsumer<byte[]> frames;
  private final WordFrames words;
  private Optional<CharTimes> guess;
  private long samples;

  /**
   * Starts an utterance.
   *
   * @param speaker key of the voice in the learnt paces
   * @param speed speed of the speech; 2 is twice as fast
   */
  PacedWords(
      String text,
      String speaker,
      int sampleRateHz,
      double speed,
      SpeakingPace pace,
      ObjIntConsumer<byte[]> frames) {
    this.text = text;
    this.speaker = speaker;
    this.sampleRateHz = sampleRateHz;
    this.speed = speed;
    this.pace = pace;
    this.frames = frames;
    this.words = new WordFrames(text, sampleRateHz, this);
    this.guess = guess(pace.averageMs(speaker) / speed);
  }

  /** Estimated times of all words but the last; empty if there is only one. */
  private Optional<CharTimes> guess(double msPerChar) {
    BitSet wordEnds = Words.ends(text);
    int last = Math.max(0, wordEnds.previousSetBit(Math.max(0, wordEnds.length() - 2)));
    List<String> chars = new ArrayList<>(last);
    List<Double> starts = new ArrayList<>(last);
    List<Double> ends = new ArrayList<>(last);
    for (int i = 0; i < last; i++) {
      chars.add(text.substring(i, i + 1));
      starts.add(i * LATE * msPerChar);
      ends.add((i + 1) * LATE * msPerChar);
    }
    return chars.isEmpty()
        ? Optional.empty()
        : Optional.of(new CharTimes(chars, starts, ends, false));
  }

  /** The next whole samples. */
  void accept(byte[] pcm) {
    int from = guess.isPresent() ? audibleFrom(pcm) : 0;
    if (from > 0) {
      words.accept(Arrays.copyOf(pcm, from), Optional.empty());
    }
    if (from < pcm.length) {
      samples += (pcm.length - from) / 2;
      Optional<CharTimes> once = guess;
      guess = Optional.empty();
      words.accept(from == 0 ? pcm : Arrays.copyOfRange(pcm, from, pcm.length), once);
    }
  }

  /** Before the first sound no word is said. */
  private static int audibleFrom(byte[] pcm) {
    int at = 0;
    while (at + 1 < pcm.length && Math.abs((pcm[at] & 0xff) | pcm[at + 1] << 8) < AUDIBLE) {
      at += 2;
    }
    return Math.min(at, pcm.length);
  }

  /** The utterance was said to its end. */
  void learn() {
    pace.learn(speaker, text.length(), speed * 1_000.0 * samples / sampleRateHz);
  }

  @Override
  public void frame(byte[] pcm, int spokenChars, int wordSamples) {
    frames.accept(pcm, spokenChars);
  }

  @Override
  public void end() {}

  @Override
  public void fail(FailureKind kind, String detail) {}
}
