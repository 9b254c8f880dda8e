package io.voicebus.tts.embedded;

import io.voicebus.tts.engine.SpeechSink;
import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * Cuts one utterance's 16-bit samples into little-endian frames, also where words end. What is
 * between its sounds becomes silence, since the voice hums there; the silence before the first of
 * them moves to the end: the listener hears the words sooner, and the pause to the next utterance
 * stays as long as the voice meant it. What is silent throughout gives no frame. NOT thread-safe.
 */
final class PcmFramer {
  /** Around each sound, since consonants begin softly and vowels end so: 15 and 25 ms. */
  private static final int BEFORE_SOUND = Kevin.SAMPLE_RATE_HZ * 15 / 1000;

  private static final int AFTER_SOUND = Kevin.SAMPLE_RATE_HZ * 25 / 1000;

  /**
   * A word.
   *
   * @param from the utterance's sample where it begins
   * @param to where it ends
   * @param chars of the text that are said there
   */
  record Word(long from, long to, int chars) {}

  /** A stretch that is heard. */
  private record Sound(long from, long to) {}

  private final SpeechSink sink;
  private final int frameSamples;
  private final ArrayDeque<Sound> sounds = new ArrayDeque<>();
  private final ArrayDeque<Word> words = new ArrayDeque<>();
  private byte[] frame;
  private int filled;

  /** Samples that came, and those before the first sound that were moved. */
  private long samples;

  private int moved;
  private int spoken;
  private boolean sounded;

  /**
   * @param firstSamples length of the first frame, small so that playing can start
   * @param frameSamples length of the others at most
   */
  PcmFramer(SpeechSink sink, int firstSamples, int frameSamples) {
    this.sink = sink;
    this.frameSamples = frameSamples;
    this.frame = new byte[2 * firstSamples];
  }

  /** Samples that came so far. */
  long samples() {
    return samples;
  }

  /** What comes between these samples is a sound; all before it was told of. */
  void sound(long from, long to) {
    sounds.add(new Sound(from, to));
  }

  /** A word is in what comes; all before it were told of. */
  void word(Word word) {
    words.add(word);
  }

  /** The next samples, of which {@code length} is an even number of bytes. */
  void bigEndian(byte[] bytes, int offset, int length) {
    for (int i = offset; i < offset + length; i += 2) {
      sample((short) (bytes[i] << 8 | (bytes[i + 1] & 0xff)));
    }
  }

  private void sample(short sample) {
    while (!sounds.isEmpty() && samples >= sounds.getFirst().to + AFTER_SOUND) {
      sounds.removeFirst();
    }
    double gain = gain();
    if (!sounded && gain == 0) {
      moved++;
    } else {
      sounded = true;
      put((short) (sample * gain));
    }
    samples++;
    while (!words.isEmpty() && words.getFirst().to <= samples) {
      Word word = words.removeFirst();
      if (word.chars > spoken) {
        spoken = word.chars;
        flush((int) Math.max(0, samples - word.from));
      }
    }
  }

  private double gain() {
    if (sounds.isEmpty()) {
      return 0;
    }
    Sound next = sounds.getFirst();
    double before = (double) (samples - next.from + BEFORE_SOUND) / BEFORE_SOUND;
    double after = (double) (next.to + AFTER_SOUND - samples) / AFTER_SOUND;
    return Math.max(0, Math.min(1, Math.min(before, after)));
  }

  private void put(short sample) {
    if (filled == frame.length) {
      flush(0);
    }
    frame[filled++] = (byte) sample;
    frame[filled++] = (byte) (sample >> 8);
  }

  private void flush(int wordSamples) {
    if (filled > 0) {
      sink.frame(
          filled == frame.length ? frame : Arrays.copyOf(frame, filled), spoken, wordSamples);
      frame = new byte[2 * frameSamples];
      filled = 0;
    }
  }

  /** Hands over what is left, the text being {@code textChars} long. */
  void finish(int textChars) {
    if (!sounded) {
      return;
    }
    spoken = textChars;
    for (int i = 0; i < moved; i++) {
      put((short) 0);
    }
    flush(0);
  }
}
