package io.voicebus.tts;

import io.voicebus.contract.ResumePoint;
import io.voicebus.contract.Words;
import io.voicebus.tts.engine.SpeechSink;
import io.voicebus.tts.engine.Utterance;
import io.voicebus.tts.time.SpeakingPace;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * The progress of one attempt at a chunk: the part of the text that it speaks, the samples that
 * playback has already, and the words that are wholly spoken. NOT thread-safe.
 */
final class SpeechProgress {
  private final String text;
  private final boolean byText;
  private final int textOffset;
  private final BitSet ends;
  private final double speed;
  private final SpeakingPace pace;
  private final FrameGather frames;

  /** Bytes that playback has already, if the engine is deterministic. */
  private long skipBytes;

  private @Nullable PacedWords paced;

  /** Characters of this attempt's text that the engine reported as spoken. */
  private int known;

  /**
   * An attempt.
   *
   * @param text of the chunk
   * @param at what playback has of it
   * @param byText whether it begins with a word, not with a sample
   * @param speed of the speech, as {@link Utterance} has it
   */
  SpeechProgress(
      String text,
      ResumePoint at,
      boolean byText,
      double speed,
      SpeakingPace pace,
      FrameGather frames) {
    this.text = text;
    this.byText = byText;
    this.textOffset = byText ? Math.min(at.chars(), text.length()) : 0;
    this.skipBytes = byText ? 0 : at.samples() * 2;
    this.ends = Words.ends(text);
    this.speed = speed == 0 ? 1 : speed;
    this.pace = pace;
    this.frames = frames;
  }

  /** Whether it begins with a word, not with a sample. */
  boolean byText() {
    return byText;
  }

  /** What is to be said. */
  String rest() {
    return text.substring(textOffset);
  }

  /** What of the chunk was said before. */
  String said() {
    return text.substring(0, textOffset);
  }

  /**
   * The engine's next sound.
   *
   * @param spokenChars as {@link SpeechSink#frame} has it
   * @param wordSamples as {@link SpeechSink#frame} has it
   * @param engine key of the voice in the learnt paces
   */
  void accept(byte[] pcm, int spokenChars, int wordSamples, String engine, int sampleRateHz) {
    if (spokenChars < 0 && byText) {
      reckon(pcm, engine, sampleRateHz);
    } else {
      known = Math.max(known, spokenChars);
      pass(pcm, spokenChars, wordSamples, false);
    }
  }

  /** Estimates the words after the last one that the engine reported, by their time. */
  private void reckon(byte[] pcm, String engine, int sampleRateHz) {
    if (paced == null) {
      int from = known;
      paced =
          new PacedWords(
              text.substring(textOffset + from),
              engine,
              sampleRateHz,
              speed,
              pace,
              (part, chars) -> pass(part, chars < 0 ? chars : from + chars, 0, true));
    }
    paced.accept(pcm);
  }

  private void pass(byte[] pcm, int spokenChars, int wordSamples, boolean estimated) {
    int from = (int) Math.min(skipBytes, pcm.length);
    skipBytes -= from;
    int chars = spokenChars < 0 ? spokenChars : wholeWords(spokenChars + textOffset);
    frames.add(pcm, from, chars, wordSamples, estimated);
  }

  /**
   * An engine may tell where it is within a word; playback goes on at the beginnings of words only.
   */
  private int wholeWords(int chars) {
    if (chars >= text.length()) {
      return text.length();
    }
    // A blank behind the last whole word is said, too, once something behind it is.
    return Math.min(chars, Words.start(text, Math.max(0, ends.previousSetBit(chars))));
  }

  /** All is spoken: learns from the length of the audio. */
  void end() {
    if (paced != null && known == 0) {
      paced.learn();
    }
  }
}
